-- Properties whose values have changed, be it by another type: the buckets of rollups that are made of them are to be found.
create table _rollup_property (
    collection text not null,
    property text not null
);
