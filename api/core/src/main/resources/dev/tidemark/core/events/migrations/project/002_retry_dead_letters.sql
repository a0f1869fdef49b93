-- What a retry has to know: whether raw is the sender's own or an event of ours, and of whom the event came.
alter table _dead_letter
    add column as_sent boolean not null default false,
    add column address text,
    add column user_agent text,
    add column attempts int not null default 0,
    add column attempted_at timestamptz;

-- How much was kept in an hour, and how much was refused and not kept because that was enough.
create table _dead_letter_hour (
    hour timestamptz primary key,
    bytes bigint not null,
    not_kept bigint not null
);
