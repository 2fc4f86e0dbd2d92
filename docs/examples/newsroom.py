# %% [markdown]
# # A newsroom in a notebook
#
# Articles go in; who is in the news, who is quoted and who prints whom come out. The [articles](examples/wikinews/README.md) are 295 of
# [Wikinews](https://en.wikinews.org) (CC BY 2.5), and what three papers that do not exist made of them: cut, and with a page around them.

# %%
import os

import matplotlib.pyplot as plt
import pandas as pd

import copydesk

given = pd.read_json("docs/examples/wikinews/articles.jsonl.gz", lines=True, dtype=False).head(int(os.environ.get("MOST", "1000")))
given["source"].value_counts().to_frame("articles")

# %% [markdown]
# ## Through the desk
#
# Cleaner, deduplicator and tagger run in processes of their own, without Kafka. `frames` makes five tables of the records.

# %%
with copydesk.Desk() as desk:
    results = desk.enrich(given)
    tables = copydesk.frames(results)
print({name: len(getattr(tables, name)) for name in ("articles", "entities", "mentions", "quotes", "copies")})
print("refused:", [(refusal.name, refusal.reason) for refusal in results.refused])

# %% [markdown]
# ## Who is in the news
#
# An entity's `salience` says how much of an article is about it. Copies would count their people again, so they are left out.

# %%
own = tables.articles.query("status == 'unique'").dropna(subset=["published_at"])
own = own.assign(day=pd.to_datetime(own["published_at"], utc=True, format="ISO8601").dt.tz_localize(None))
people = tables.entities.query("type == 'PERSON'").merge(own[["article_id", "day"]], on="article_id")
ranking = people.groupby("canonical").agg(articles=("article_id", "nunique"), salience=("salience", "sum"))
top = ranking.sort_values(["articles", "salience"], ascending=False).head(10)
top.round(1)

# %%
months = pd.period_range(own["day"].min(), own["day"].max(), freq="M")
by_month = people.groupby(["canonical", people["day"].dt.to_period("M")])["article_id"].nunique().unstack(fill_value=0)
by_month = by_month.reindex(index=top.index, columns=months, fill_value=0)
figure, axes = plt.subplots(figsize=(9, 3.6), layout="constrained")
image = axes.imshow(by_month, aspect="auto", cmap="Blues")
axes.set_yticks(range(len(by_month)), by_month.index)
axes.set_xticks(range(0, len(months), 3), [str(one) for one in months[::3]])
axes.set_title("Articles that name them, by month", loc="left")
figure.colorbar(image, ticks=range(int(by_month.to_numpy().max()) + 1))
figure  # noqa: B018

# %% [markdown]
# By day, for the week with the most articles:

# %%
busiest = own.groupby(own["day"].dt.to_period("W"))["article_id"].count().idxmax()
week = people[people["day"].dt.to_period("W") == busiest].sort_values("salience", ascending=False)
week.groupby(week["day"].dt.date)["canonical"].agg(lambda names: ", ".join(dict.fromkeys(names[:6]))).to_frame("in the news")

# %% [markdown]
# ## Who is quoted

# %%
quoted = tables.quotes[tables.quotes["article_id"].isin(own["article_id"])].dropna(subset=["speaker"])
quoted.groupby("speaker").agg(quotations=("text", "size"), articles=("article_id", "nunique")).nlargest(8, "quotations")

# %% [markdown]
# ## Who prints whom
#
# A row of `copies` is a match of an article with an earlier one: how much of the one stands in the other, by shingles of words.

# %%
source = tables.articles.set_index("article_id")["source"]
copies = tables.copies.assign(paper=tables.copies["article_id"].map(source), original=tables.copies["of"].map(source))
copies = copies.rename(columns={"containment_of_other": "taken"}).assign(added=1 - copies["containment"])
copies.groupby(["original", "paper"]).agg(copies=("article_id", "nunique"), taken=("taken", "median"), added=("added", "median")).round(2)

# %% [markdown]
# `taken` is how much of the original stands in the copy, `added` how much of the copy is not of the original.

# %%
figure, axes = plt.subplots(figsize=(9, 3.4), layout="constrained")
for paper, rows in copies[copies["original"] == "en.wikinews.org"].groupby("paper"):
    axes.scatter(rows["taken"], rows["added"], s=14, alpha=0.6, label=paper)
axes.set(xlabel="of the original that it took", ylabel="of the copy that it added", xlim=(0, 1.05), ylim=(-0.05, 1))
axes.set_title("What each paper took from Wikinews, and added", loc="left")
axes.legend(frameon=False)
figure  # noqa: B018

# %% [markdown]
# How many were found, and what was taken for a copy and is none:

# %%
reprint = tables.articles["source"].str.endswith(".example").map({True: "printed again", False: "of Wikinews"})
pd.crosstab(reprint, (tables.articles["status"] == "duplicate").map({True: "found a copy", False: "unique"}))
