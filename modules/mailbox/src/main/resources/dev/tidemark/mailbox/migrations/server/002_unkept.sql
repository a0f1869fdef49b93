-- The projects that do not keep the texts of messages.
create table tidemark.mailbox_unkept (
    project_id int primary key
);
