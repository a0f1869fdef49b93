-- People of whom something is known, by the id under which events know them. Columns of properties come with the values.
create table _users (
    _person text collate "C" primary key,
    _created_at timestamptz not null default now(),
    _extra jsonb
) with (fillfactor = 80);
