select date_bin('1 day', _time, '2000-01-01T00:00:00Z') as day, count(*)
from activity
group by day
order by day
