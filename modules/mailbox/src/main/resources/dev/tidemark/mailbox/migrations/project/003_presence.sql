-- replaces 0c420efc870a7fb51584b5dc2f6fb7c991bbfc44d69f07f47078f962be5f3f5e
-- Who is in a mailbox, and who types there. It is good for seconds, by the clock of the database: a crash of that may forget it, and
-- whoever looks deletes what has ended.
create unlogged table _user_mailbox_presence (
    customer text collate "C" not null,
    side text not null,
    -- of those on one node who follow mailboxes of the project
    room bigint not null,
    ends_at timestamptz not null,
    primary key (customer, side, room)
);

create sequence _user_mailbox_room;

create unlogged table _user_mailbox_typing (
    customer text collate "C" not null,
    side text not null,
    thread text collate "C" not null,
    ends_at timestamptz not null,
    primary key (customer, side)
);
