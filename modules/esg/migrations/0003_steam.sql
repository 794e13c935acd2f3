-- What steam a meter of its mass counts. The newest row of a point holds for figures made from then on; figures keep with
-- their parameters what they were made with, so rows are only ever added.
create table esg_steam_meter (
  id uuid primary key,
  point_id uuid not null,
  site_id uuid not null,
  content text not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null
);
create index esg_steam_meter_point on esg_steam_meter (point_id, id);
create trigger esg_steam_meter_fixed before update or delete on esg_steam_meter for each row execute function esg_refuse_change();
create trigger esg_steam_meter_whole before truncate on esg_steam_meter for each statement execute function esg_refuse_change();
