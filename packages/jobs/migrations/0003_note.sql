-- How far a job is, as a note that the console says in the reader's language; `message` is its English.
alter table job add column note jsonb;
