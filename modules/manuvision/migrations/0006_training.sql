-- What the kind was told, as plain JSON with its defaults filled in; a version keeps what it was trained with.
alter table manuvision_inspection add column settings jsonb not null default '{}';
alter table manuvision_version add column settings jsonb not null default '{}';
