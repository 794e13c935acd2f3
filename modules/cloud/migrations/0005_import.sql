-- How often a server began with an import: more than once when one ended in the middle of it. `warnings` is what the
-- inspection said of a file whose columns nobody looked at.
alter table cloud_import add column attempts integer not null default 0;
alter table cloud_import add column warnings jsonb not null default '[]';
create index cloud_rejection_import on cloud_rejection (import_id) where import_id is not null;
