-- People who turned out to be one, or not to be, amid a sending: they may have been passed over, and have a turn at its end.
create table _user_mailbox_sending_late (
    sending bigint not null,
    customer text collate "C" not null,
    primary key (sending, customer)
);
