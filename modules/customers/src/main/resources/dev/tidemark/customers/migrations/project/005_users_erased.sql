-- Who was erased while the operator's own users table had them: the copying leaves them out until it has them no more.
create table _users_erased (
    -- SHA-256 of the salt and the id
    digest bytea primary key,
    erased_at timestamptz not null
);

-- So that digests of ids that others know too, such as mail addresses, cannot be looked up.
create table _users_erased_salt as
select gen_random_uuid()::text as salt;
