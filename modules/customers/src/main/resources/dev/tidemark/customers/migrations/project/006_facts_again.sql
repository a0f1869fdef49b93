-- What was taken back may be decided again: it then is another fact, which comes after those that were said meanwhile.
alter table _identity_fact drop constraint _identity_fact_one_other_kind_key;

create unique index on _identity_fact (one, other, kind) where taken_back_at is null;

create index on _identity_fact (one, other);
