CREATE TABLE "access_links" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"organisation_id" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"user_id" text,
	"invited_by" text NOT NULL,
	"nonce" text NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "person_words" (
	"person_id" text NOT NULL,
	"word" text NOT NULL,
	"sound" text,
	"other_sound" text,
	CONSTRAINT "person_words_word_person_id_pk" PRIMARY KEY("word","person_id")
);
--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "muted_notices" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_signed_in_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "access_links" ADD CONSTRAINT "access_links_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_links" ADD CONSTRAINT "access_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_links" ADD CONSTRAINT "access_links_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_words" ADD CONSTRAINT "person_words_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_links_digest" ON "access_links" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "access_links_organisation" ON "access_links" USING btree ("organisation_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "access_links_open" ON "access_links" USING btree ("organisation_id","email","kind") WHERE used_at is null and cancelled_at is null;--> statement-breakpoint
CREATE INDEX "person_words_sound" ON "person_words" USING btree ("sound","person_id") WHERE sound is not null;--> statement-breakpoint
CREATE INDEX "person_words_other_sound" ON "person_words" USING btree ("other_sound","person_id") WHERE other_sound is not null;--> statement-breakpoint
CREATE INDEX "people_postcode" ON "people" USING btree ("postcode");--> statement-breakpoint
CREATE INDEX "audit_rows_actor" ON "audit_rows" USING btree ("actor_id","at","id") WHERE event_id is null;