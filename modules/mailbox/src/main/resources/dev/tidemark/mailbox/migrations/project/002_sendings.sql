-- Messages to all customers who pass a condition.
create table _user_mailbox_sending (
    id bigint generated always as identity primary key,
    template text not null,
    thread text collate "C" not null,
    -- GraphQL's Condition as JSON; null: all
    condition text,
    -- the sender's own id
    key text collate "C" unique,
    dry_run boolean not null,
    state text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    -- how many there were at its beginning
    total bigint not null,
    -- while it goes on: all customers up to this id had their turn
    last_customer text collate "C" not null default '',
    sent bigint not null default 0,
    skipped bigint not null default 0,
    -- the first message, and whose it is
    example text,
    example_of text collate "C",
    -- why the first who was skipped was, and who that is; or why the sending failed
    problem text,
    problem_of text collate "C"
);

alter table _user_mailbox add sending bigint;

create unique index _user_mailbox_sending_customer on _user_mailbox (sending, customer) where sending is not null;
