-- How many transactions have changed who is who, or what is known of people: whoever keeps an answer sees by the sum that there
-- may be another one. Each takes a row that no other one writes to, so that none waits for another.
create table _people_change (
    slot bigint generated always as identity primary key,
    changes bigint not null
);
