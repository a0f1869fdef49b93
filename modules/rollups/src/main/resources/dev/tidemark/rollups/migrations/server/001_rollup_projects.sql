-- The projects that have had a rollup, so that a job need not look through all of them each second.
create table tidemark.rollup_project (
    project_id int primary key
);
