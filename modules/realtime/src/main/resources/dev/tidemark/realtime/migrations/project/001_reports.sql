create table _realtime_report (
    name text primary key,
    -- the arguments of an aggregate
    question json not null,
    window_seconds int not null,
    slide_seconds int not null,
    created_at timestamptz not null
);
