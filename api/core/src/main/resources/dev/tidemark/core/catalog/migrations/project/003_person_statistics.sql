-- How many people there are behind a collection's events, for the planner; what is made from now on has it.
do $$
declare
    collection record;
begin
    for collection in select id, name from _collection loop
        execute format(
            'create statistics %I on (coalesce(_user, _anonymous)) from %I',
            '_c' || collection.id || '_person',
            collection.name
        );
    end loop;
end $$;
