-- Written only under the project's catalogue lock, which is why ids can count from the greatest one.

create table _collection (
    id int primary key,
    name text not null unique,
    label text not null,
    graphql_name text not null unique,
    created_at timestamptz not null
);

create table _property (
    collection_id int not null,
    column_name text not null,
    label text not null,
    graphql_name text not null,
    type text not null,
    ordinal int not null,
    created_at timestamptz not null,
    primary key (collection_id, column_name),
    unique (collection_id, graphql_name)
);

-- for the caps of an hour
create index _property_created_at on _property (created_at);

create table _partition (
    collection_id int not null,
    name text not null unique,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    primary key (collection_id, starts_at)
);
