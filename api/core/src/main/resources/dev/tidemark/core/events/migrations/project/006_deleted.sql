-- How many events of the collection were ever deleted: whoever keeps an answer sees by it that there is another one.
alter table _total add column deleted bigint not null default 0;
