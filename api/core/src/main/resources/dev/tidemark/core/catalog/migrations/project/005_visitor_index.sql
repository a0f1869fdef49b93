-- By which the events of visitors are found; those of users stand in the other one alone. What is made from now on has them.
do $$
declare
    collection record;
begin
    for collection in select id, name from _collection loop
        execute format('drop index %I', '_c' || collection.id || '_user');
        execute format(
            'create index %I on %I (_user, _time) where _user is not null',
            '_c' || collection.id || '_user',
            collection.name
        );
        execute format(
            'create index %I on %I (_anonymous, _time) where _user is null',
            '_c' || collection.id || '_visitor',
            collection.name
        );
    end loop;
end $$;
