-- replaces 84e1bbe7d4e165ba58d34463d15e0cdcca868adbe5eb796e7ebac0e417207b38
-- Messages to and from customers. Whatever happens to a message has a number in its mailbox, in the order of commits.
create table _user_mailbox (
    id bigint primary key,
    customer text collate "C" not null,
    thread text collate "C" not null,
    -- the side that wrote it: PROJECT or CUSTOMER
    sender text not null,
    text text not null,
    -- the sender's own id of it
    key text collate "C",
    sent bigint not null,
    sent_at timestamptz not null,
    -- null: not yet
    delivered bigint,
    delivered_at timestamptz,
    read bigint,
    read_at timestamptz
) with (fillfactor = 80);

create sequence _user_mailbox_id;

create unique index _user_mailbox_sent on _user_mailbox (customer, sent);
create unique index _user_mailbox_delivered on _user_mailbox (customer, delivered) where delivered is not null;
create unique index _user_mailbox_read on _user_mailbox (customer, read) where read is not null;
create unique index _user_mailbox_key on _user_mailbox (customer, sender, key) where key is not null;
create index _user_mailbox_thread on _user_mailbox (customer, thread, sent);
create index _user_mailbox_unread on _user_mailbox (customer, sender, thread) where read is null;

-- The mailboxes: whoever changes one locks its row.
create table _user_mailbox_owner (
    customer text collate "C" primary key,
    -- the last number given; the first is a time in microseconds, so that a mailbox made anew after an erasure goes on
    number bigint not null,
    last_sent_at timestamptz not null
) with (fillfactor = 80);

create index _user_mailbox_owner_last on _user_mailbox_owner (last_sent_at desc, customer);

-- What signs customers' tokens.
create table _user_mailbox_secret (
    id bigint generated always as identity primary key,
    secret bytea not null,
    -- until when tokens signed with it are taken; null: it is the newest
    ends_at timestamptz
);
