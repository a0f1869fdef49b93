-- What was done by whom. It outlives projects and keys, and so has their names too.
create table audit_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    -- null: the server
    project_id int,
    project text,
    -- the id of the key in GraphQL
    key text not null,
    act text not null,
    subject text not null
);

create index audit_entry_project on audit_entry (project_id, id);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'Entries of the audit log are only added.';
end
$$;

create trigger audit_entry_is_only_added before update or delete or truncate on audit_entry
for each statement execute function refuse_audit_change();
