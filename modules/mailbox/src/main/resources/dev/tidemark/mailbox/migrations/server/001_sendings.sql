-- The sendings that go on, so that a job need not look through all projects each second.
create table tidemark.mailbox_sending (
    project_id int not null,
    sending bigint not null,
    primary key (project_id, sending)
);
