-- What was taken back may be decided again: it then is another fact, which comes after those that were said meanwhile. That none
-- holds twice is seen to under the lock of _identity.
alter table _identity_fact drop constraint _identity_fact_one_other_kind_key;

create index on _identity_fact (one, other, kind);
