-- What the customers did whom a sending is for: a list of GraphQL's CustomerBehaviour as JSON, below did; null: whatever.
alter table _user_mailbox_sending add behaviours text;
