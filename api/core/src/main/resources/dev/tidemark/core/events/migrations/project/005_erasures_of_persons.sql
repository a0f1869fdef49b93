-- An erasure is of a user, of a visitor, or of a person with all ids of theirs.
alter table _erasure add column kind text, add column ids text[];

update _erasure
set kind = case when anonymous is null then 'USER' else 'ANONYMOUS' end,
    ids = case when finished_at is null then array[coalesce(person, anonymous)] end;

alter table _erasure alter column kind set not null, drop column person, drop column anonymous;
