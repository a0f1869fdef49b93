-- Null: the project kept no texts when it was sent.
alter table _user_mailbox alter text drop not null;

-- Texts that are not kept, for as long as those who follow the mailbox need to be told. Unlogged, so that they are in no log and no
-- crash leaves them behind.
create unlogged table _user_mailbox_passing (
    id bigint primary key,
    text text not null,
    ends_at timestamptz not null
);

create index _user_mailbox_passing_ends on _user_mailbox_passing (ends_at);

-- Messages as they are told.
create view _user_mailbox_message as
select
    id,
    customer,
    thread,
    sender,
    coalesce(
        text,
        (
            select passing.text
            from _user_mailbox_passing as passing
            where passing.id = message.id and passing.ends_at > clock_timestamp()
        )
    ) as text,
    key,
    sent,
    sent_at,
    delivered,
    delivered_at,
    read,
    read_at
from _user_mailbox as message;
