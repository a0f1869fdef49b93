create table _visits (day date, country text, visits bigint);
insert into _visits values ('2026-01-01', 'DE', 3), ('2026-01-01', 'US', 4), ('2026-01-03', 'DE', 5);
