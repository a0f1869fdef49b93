alter table _import
    add column file     text   not null default '',
    add column options  text   not null default '',
    add column checksum bigint not null default 0;
