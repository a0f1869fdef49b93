-- The best that was found: each person's first click, joined with the purchases after it, of which each week counts once.
with clicked as (
  select distinct on (h, person) h, person, week, _time, _id
  from (
    select hashtextextended(_anonymous, 0) as h, _anonymous collate "C" as person, _time, _id,
      ((_time at time zone 'UTC')::date - date '2026-01-05') / 7 as week
    from activity
    where event_type = 'click' and _anonymous is not null
    and _time >= '2026-01-05T00:00:00Z' and _time < '2026-03-02T00:00:00Z') as click
  order by h, person, _time, _id),
bought as (
  select h, person, clicked.week as cohort, bought.week
  from clicked
  join (
    select hashtextextended(_anonymous, 0) as h, _anonymous collate "C" as person, _time, _id,
      ((_time at time zone 'UTC')::date - date '2026-01-05') / 7 as week
    from activity
    where event_type = 'buy'
    and _time >= '2026-01-05T00:00:00Z' and _time < '2026-03-02T00:00:00Z') as bought using (h, person)
  where (bought._time, bought._id) > (clicked._time, clicked._id)
  group by 1, 2, 3, 4)
select week as cohort, -1 as period, count(*)
from clicked
group by 1
union all
select cohort, week - cohort, count(*)
from bought
group by 1, 2
order by 1, 2
