-- The best that was found: few customers pass by their properties, and the visits of each are found by the index of users.
with found as materialized (
  select *
  from _users as customer
  where plan = 'pro' and age >= 80 and 3 <= (
    select count(*)
    from (
      select
      from shopping
      where _user = customer._person collate "default" and _time >= now() - interval '30 days'
      limit 3
    ) as visits))
select
  (select jsonb_agg(page) from (select * from found order by _person limit 50) as page),
  (select count(*) from found)
