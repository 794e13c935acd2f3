-- When the process that runs a job last said so. Without it nobody could tell a job of a killed worker from a long one,
-- where several machines share the database.
alter table job add column heartbeat_at timestamptz;
