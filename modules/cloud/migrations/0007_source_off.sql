-- When sources were switched off: nothing is expected of them meanwhile. The last stretch of a source that is off is open.
create table cloud_source_off (
  source_id uuid not null references cloud_source (id),
  off_at timestamptz not null,
  on_at timestamptz,
  primary key (source_id, off_at)
);
