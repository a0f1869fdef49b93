-- replaces 27b628b231175572da141423a694b528fb24bc968f9180cf694449d14bf6ea1b
-- Numbers are of the project, so that the mailboxes of people who turn out to be one go together.
create sequence _user_mailbox_number;

select setval('_user_mailbox_number', (extract(epoch from clock_timestamp()) * 1000000)::bigint);

comment on column _user_mailbox_owner.customer is 'the person, as whoever told who is who has it';
