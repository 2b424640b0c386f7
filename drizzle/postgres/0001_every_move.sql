CREATE TABLE "service_areas" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" text PRIMARY KEY NOT NULL,
	"referral_id" text NOT NULL,
	"placement_id" text,
	"text" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "signposts" (
	"id" text PRIMARY KEY NOT NULL,
	"referral_id" text NOT NULL,
	"project_id" text,
	"text" text NOT NULL,
	"made_by" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "leave_from" date;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "leave_until" date;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "wards" jsonb;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "messages_stopped" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "messages_stopped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "tell_practice" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "young_person" jsonb;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "merged_into_id" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "provider_days_used" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "provider_clock_from" date;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "restarts_on" date;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "paused_by_hold" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "redirected_to_project_id" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "reminded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "escalated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "caused_by" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "undoes" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "changes" jsonb;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "failed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "placement_id" text;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "before_status" text;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "before_step" text;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "before_days_left" integer;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "restarts_on" date;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "redirected_to" text;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "redirected_to_organisation_id" text;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "is_direct" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "on_behalf_of" jsonb;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "wanted_project_id" text;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "reminded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "service_areas" ADD CONSTRAINT "service_areas_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signposts" ADD CONSTRAINT "signposts_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signposts" ADD CONSTRAINT "signposts_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "service_areas_code" ON "service_areas" USING btree ("kind","code");--> statement-breakpoint
CREATE INDEX "questions_referral" ON "questions" USING btree ("referral_id","asked_at");--> statement-breakpoint
CREATE INDEX "signposts_referral" ON "signposts" USING btree ("referral_id","made_at");--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_redirected_to_organisation_id_organisations_id_fk" FOREIGN KEY ("redirected_to_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_birth" ON "people" USING btree ("date_of_birth","postcode");--> statement-breakpoint
CREATE INDEX "people_merged_into" ON "people" USING btree ("merged_into_id");--> statement-breakpoint
CREATE INDEX "placements_status_due" ON "placements" USING btree ("status","next_due_on","id");--> statement-breakpoint
CREATE INDEX "events_caused_by" ON "events" USING btree ("caused_by");--> statement-breakpoint
CREATE UNIQUE INDEX "events_undoes" ON "events" USING btree ("undoes");--> statement-breakpoint
CREATE INDEX "outbox_failed" ON "outbox" USING btree ("failed_at") WHERE failed_at is not null;--> statement-breakpoint
CREATE INDEX "referrals_redirected" ON "referrals" USING btree ("redirected_to_organisation_id","received_at","id");--> statement-breakpoint
CREATE INDEX "referrals_status_due" ON "referrals" USING btree ("status","next_due_on","id");--> statement-breakpoint
UPDATE "referrals" SET "next_owner_kind" = 'navigator', "next_owner_id" = "receiving_organisation_id" WHERE "next_owner_kind" = 'user' OR "next_owner_id" = "receiving_organisation_id";--> statement-breakpoint
UPDATE "placements" SET "provider_clock_from" = ("sent_at" AT TIME ZONE 'Europe/London')::date WHERE "status" IN ('sent', 'seen');
