-- Facts as a relation has them, by the id that is said to be another's.
create view _identity_facts as
select id as fact, kind, one as _person, other, said_at, taken_back_at, effective
from _identity_fact;
