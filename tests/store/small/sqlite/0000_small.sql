create table groups (id text primary key, name text not null, places integer not null, is_open integer default 1 not null,
  starts_on text, created_at text, tags text default '[]' not null, constraint groups_places check (places >= 0));
--> statement-breakpoint
create unique index groups_name on groups (name);
--> statement-breakpoint
create table acceptances (group_id text not null references groups (id), person text not null,
  primary key (group_id, person));
--> statement-breakpoint
create table trusting (group_id text references groups (id) deferrable initially deferred);
