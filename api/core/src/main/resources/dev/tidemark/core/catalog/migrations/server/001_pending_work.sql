-- The projects in which a job has something to do. A row of a project that is gone does no harm.
create table pending_work (
    project_id int not null,
    job text not null,
    primary key (project_id, job)
);
