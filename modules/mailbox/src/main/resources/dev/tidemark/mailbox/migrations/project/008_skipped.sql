-- Whom a sending skipped, while it goes on: who has another turn at its end counts as that turn ends.
create table _user_mailbox_sending_skipped (
    sending bigint not null,
    customer text collate "C" not null,
    primary key (sending, customer)
);
