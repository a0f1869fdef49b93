alter table _collection
    add column description text,
    add column strict boolean not null default false,
    -- of the partitions made from now on
    add column partitions text not null default 'MONTH',
    -- null: for ever
    add column keep_seconds bigint;

alter table _property
    add column declared boolean not null default false,
    add column description text,
    -- why it should not be used any more
    add column deprecation text,
    add column required boolean not null default false,
    -- null: any
    add column allowed text[],
    -- whether there is to be an index, and whether there is one
    add column index_wanted boolean not null default false,
    add column indexed boolean not null default false;
