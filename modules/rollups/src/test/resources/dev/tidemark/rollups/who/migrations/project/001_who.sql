create table _who (
    id text primary key,
    person text not null
);
