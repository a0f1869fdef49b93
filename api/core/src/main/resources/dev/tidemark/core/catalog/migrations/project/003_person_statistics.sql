-- replaces 7b0173b40a78461dae8f0c1c0b9c03436fe2c73d156637c7039bc4538b72ff75
-- How many people there are behind a collection's events, for the planner; what is made from now on has it.
-- Citus before 13.2.2 and 14.0.1 knows statistics of columns only: there it guesses.
do $$
declare
    collection record;
begin
    for collection in select id, name from _collection loop
        begin
            execute format(
                'create statistics %I on (coalesce(_user, _anonymous)) from %I',
                '_c' || collection.id || '_person',
                collection.name
            );
        exception when feature_not_supported then
            return;
        end;
    end loop;
end $$;
