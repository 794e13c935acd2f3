-- Pictures from a camera, judged here or on an edge box, and rules for which pictures are kept.
alter table manuvision_station
  -- Address, who signs in, and when a picture is taken; null: no camera.
  add column camera jsonb,
  -- Of the fleet; null: the server judges.
  add column box_id uuid,
  add column keep jsonb,
  add constraint manuvision_station_source_check check (folder is null or camera is null);
update manuvision_station set keep = jsonb_build_object('rejected', true, 'refused', true, 'passed', keep_passed,
  'near', null, 'first', null, 'days', null, 'megabytes', null);
alter table manuvision_station alter column keep set not null, drop column keep_passed;

alter table manuvision_verdict
  -- Of the picture and its heat map, while they are kept; null: of before there were quotas, they count nothing.
  add column bytes double precision,
  -- The rule that wanted the picture; null: none did.
  add column kept_by text check (kept_by in ('rejected', 'refused', 'near', 'first', 'passed', 'there')),
  -- The rule that removed a picture which was kept, and when.
  add column removed_by text check (removed_by in ('days', 'megabytes', 'box')),
  add column removed_at timestamptz;
update manuvision_verdict set kept_by = case verdict when 'ok' then 'passed' when 'ng' then 'rejected' else 'refused' end
where kept;
create index manuvision_verdict_kept on manuvision_verdict (station_id, at) where kept;
