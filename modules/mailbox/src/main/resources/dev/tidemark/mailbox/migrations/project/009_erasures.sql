-- How many customers were erased while it ran: a step that read customers before one of them was is not taken.
alter table _user_mailbox_sending
    add column erasures bigint not null default 0;
