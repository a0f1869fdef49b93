-- What a table could not get while someone read it, by the senders' labels: values of it are in _extra until it has its column.
create table _waiting_property (
    collection text not null,
    property text not null,
    type text not null,
    primary key (collection, property, type)
);
