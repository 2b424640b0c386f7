CREATE TABLE "group_forecasts" (
	"group_id" text PRIMARY KEY NOT NULL,
	"starts" integer NOT NULL,
	"open" integer NOT NULL,
	"low_days" integer,
	"high_days" integer,
	"counted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "volunteers" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"group_id" text NOT NULL,
	"name" text NOT NULL,
	"wards" jsonb NOT NULL,
	"languages" jsonb NOT NULL,
	"availability" text NOT NULL,
	"available_from" date,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"tries" integer NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "attendances" ALTER COLUMN "recorded_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "mail_mode" text DEFAULT 'events' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "mail_mode" text DEFAULT 'events' NOT NULL;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "weekly_quota" integer;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "intake_from" date;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "intake_until" date;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "places_asked_on" date;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "register_asked_on" date;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "session_time_id" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "volunteer_id" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "queue_priority" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "queue_reason" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "fit" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "fit_said_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "digest_id" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "resends" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "handled_by" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "handled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "group_forecasts" ADD CONSTRAINT "group_forecasts_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volunteers" ADD CONSTRAINT "volunteers_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "volunteers_group" ON "volunteers" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "link_codes_message" ON "link_codes" USING btree ("message_id","created_at");--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_volunteer_id_volunteers_id_fk" FOREIGN KEY ("volunteer_id") REFERENCES "public"."volunteers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_handled_by_users_id_fk" FOREIGN KEY ("handled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "placements_volunteer" ON "placements" USING btree ("volunteer_id") WHERE volunteer_id is not null;--> statement-breakpoint
CREATE INDEX "outbox_sent" ON "outbox" USING btree ("to_id","sent_at") WHERE sent_at is not null;--> statement-breakpoint
CREATE INDEX "outbox_digest" ON "outbox" USING btree ("digest_id") WHERE digest_id is not null;