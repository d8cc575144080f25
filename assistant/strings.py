"""Every word that a person reads, Arabic and English side by side.

`say` returns a string in one language, its ``$names`` filled in. A test checks that both
languages have the same names and the same variables. `explain` does so for an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Template

from assistant.errors import AssistantError, LibraryLocked, ModelError

_STRINGS: dict[str, tuple[str, str]] = {
    # By name, first in Arabic, then in English.
    # Answers
    "answer.frame.one": ("بحسب «$title»: ", "According to “$title”: "),
    "answer.frame.many": ("بحسب الوثائق: ", "According to the documents: "),
    "answer.refusal": (
        "لم أجد في الوثائق ما يجيب عن هذا السؤال.",
        "I found nothing in the documents that answers this question.",
    ),
    "answer.empty_library": (
        "لا توجد وثائق في المكتبة بعد. أضف وثائق ثم اسأل عنها.",
        "There are no documents in the library yet. Add some, then ask about them.",
    ),
    "answer.comma": ("، ", ", "),
    "answer.semicolon": ("؛ ", "; "),
    # Days that a quotation names from the day of its writing
    "answer.dated": (" ($dates بحسب تاريخ الوثيقة)", " ($dates, by the document’s date)"),
    "answer.dated.one": ("«$words»: $date", "“$words”: $date"),
    "date.day": ("$weekday $day $month $year", "$weekday, $day $month $year"),
    "date.days": ("من $first إلى $last", "$first to $last"),
    "date.month_of": ("$month $year", "$month $year"),
    "date.weekday.0": ("الاثنين", "Monday"),
    "date.weekday.1": ("الثلاثاء", "Tuesday"),
    "date.weekday.2": ("الأربعاء", "Wednesday"),
    "date.weekday.3": ("الخميس", "Thursday"),
    "date.weekday.4": ("الجمعة", "Friday"),
    "date.weekday.5": ("السبت", "Saturday"),
    "date.weekday.6": ("الأحد", "Sunday"),
    "date.month.1": ("يناير", "January"),
    "date.month.2": ("فبراير", "February"),
    "date.month.3": ("مارس", "March"),
    "date.month.4": ("أبريل", "April"),
    "date.month.5": ("مايو", "May"),
    "date.month.6": ("يونيو", "June"),
    "date.month.7": ("يوليو", "July"),
    "date.month.8": ("أغسطس", "August"),
    "date.month.9": ("سبتمبر", "September"),
    "date.month.10": ("أكتوبر", "October"),
    "date.month.11": ("نوفمبر", "November"),
    "date.month.12": ("ديسمبر", "December"),
    "answer.note.left_out.one": (
        "حُذفت جملة كتبها النموذج لأن الوثائق لا تسندها.",
        "One sentence that the model wrote was left out: the documents do not support it.",
    ),
    "answer.note.left_out.many": (
        "حُذفت جمل كتبها النموذج لأن الوثائق لا تسندها، وعددها $count.",
        "$count sentences that the model wrote were left out: the documents do not support them.",
    ),
    "answer.note.instruction": (
        "تنبيه: في الوثائق ما يشبه أوامر موجّهة إلى نموذج لغوي، ولم يُعمل بها: $numbers",
        "Note: the documents hold words that read like orders to a language model; they were not "
        "obeyed: $numbers",
    ),
    "answer.note.other_language": (
        "تنبيه: كتب النموذج جوابه بلغة غير لغة السؤال، وقد طُلب منه مرتين.",
        "Note: the model wrote its answer in another language than the question's; it was asked "
        "twice.",
    ),
    "answer.note.no_second_reading": (
        "تنبيه: لم تُراجع الجمل غير المؤكدة مراجعة ثانية. $message",
        "Note: the unconfirmed sentences were not read a second time. $message",
    ),
    # How far a sentence of a model was checked, in short
    "support.verbatim": ("حرفية", "word for word"),
    "support.supported": ("يسندها المصدر", "supported"),
    "support.unconfirmed": ("غير مؤكدة من المصدر", "not confirmed by the source"),
    "support.unsupported": ("لا سند لها في الوثائق", "not supported by the documents"),
    "support.why": ("$mark: $reasons", "$mark: $reasons"),
    # What a model reads
    "model.user": ("السائل:", "Asked:"),
    "model.assistant": ("الجواب:", "Answered:"),
    "model.nothing_before": ("(لا شيء قبل هذا السؤال)", "(nothing before this question)"),
    "model.write_in": (
        "كتبتَ بلغة أخرى. اكتب الجواب من جديد بالعربية، واختم كل جملة بأرقام مصادرها.",
        "You wrote in another language. Write the answer anew in English, each sentence with the "
        "numbers of its sources.",
    ),
    "answer.closest": ("أقرب المقاطع (ليست إجابة)", "Closest passages (not an answer)"),
    # The gate: what was checked of a sentence that a model wrote, and what was found
    "gate.mark.verbatim": (
        "كلمات المصدر نفسها، كاملة كما وردت فيه",
        "The source's own words, whole and as they stand there",
    ),
    "gate.mark.supported": (
        "الأرقام والتواريخ والنفي مطابقة للمصدر، وألفاظها ألفاظه",
        "Its numbers, dates and negations agree with the source, and so do its words",
    ),
    "gate.mark.supported.read": (
        "لم يُعثر فيها على ما يخالف المصدر من أرقام وتواريخ ونفي، ورأى النموذج عند قراءة ثانية أن "
        "المصدر يقولها",
        "No number, date or negation was found to differ from the source, and the model, reading "
        "again, found that the source says it",
    ),
    "gate.mark.unconfirmed": (
        "لم يُعثر فيها على ما يخالف المصدر، لكن لم يتأكد أنه يقولها",
        "Nothing in it was found to contradict the source, but that the source says it was not "
        "confirmed",
    ),
    "gate.mark.unsupported": (
        "تخالف المصدر، أو ليس فيه ما تستند إليه",
        "It differs from the source, or the source has nothing that it could rest on",
    ),
    "gate.reason.number": (
        "عدد لا يطابق المصدر: $words",
        "number that the source does not have: $words",
    ),
    "gate.reason.scale": (
        "مقدار العدد يخالف المصدر (ألف، مليون…): $words",
        "thousand, million or billion other than in the source: $words",
    ),
    "gate.reason.year": ("سنة ليست في المصدر: $words", "year not in the source: $words"),
    "gate.reason.month": ("شهر ليس في المصدر: $words", "month not in the source: $words"),
    "gate.reason.date": ("تاريخ يخالف المصدر: $words", "date other than in the source: $words"),
    "gate.reason.unit": ("وحدة تخالف المصدر: $words", "unit other than in the source: $words"),
    "gate.reason.limit": (
        "حدّ يخالف المصدر (أكثر، أقل): $words",
        "more or less than the source says: $words",
    ),
    "gate.reason.quantity": (
        "كمّ لا يقوله المصدر (كل، معظم، بعض): $words",
        "how many of them, other than in the source: $words",
    ),
    "gate.reason.negation": (
        "نفي في أحدهما دون الآخر: $words",
        "denied in one of the two and not in the other: $words",
    ),
    "gate.reason.names": ("اسم ليس في المصدر: $words", "name not in the source: $words"),
    "gate.reason.wording": ("كلمات ليست في المصدر: $words", "words not in the source: $words"),
    "gate.reason.roles": (
        "كلمات المصدر في ترتيب آخر، فقد يتبدل الفاعل والمفعول",
        "the source's words in another order: who did what may have changed",
    ),
    "gate.reason.left_out": (
        "تُرك من المصدر ما قد يغيّر المعنى",
        "something of the source was left out that may change the sense",
    ),
    "gate.reason.coverage": (
        "لا يتناول المصدر ما تقوله الجملة",
        "the source does not speak of what the sentence says",
    ),
    "gate.reason.question": ("المصدر سؤال لا خبر", "the source asks and does not state"),
    "gate.reason.length": (
        "أطول من أن تكون جملة واحدة، فلم تُفحص",
        "too long for one sentence, so it was not checked",
    ),
    "gate.reason.instruction": (
        "المصدر يشبه أمرًا موجّهًا إلى نموذج لغوي",
        "the source reads like an order to a language model",
    ),
    "gate.reason.reader": (
        "رأى النموذج عند قراءة ثانية أن المصدر لا يقول ذلك",
        "the model, reading again, found that the source does not say so",
    ),
    "gate.reason.reader.words": (
        "رأى النموذج عند قراءة ثانية أن المصدر لا يقول: $words",
        "the model, reading again, found that the source does not say: $words",
    ),
    # Citations for a text that is written elsewhere
    "cite.quote": ("«$text»", "“$text”"),
    "cite.day": ("$day $month $year", "$day $month $year"),
    "cite.accessed": ("اطُّلع عليه في $date", "accessed $date"),
    # Places in documents
    "place.page": ("صفحة $first", "page $first"),
    "place.pages": ("الصفحات $first–$last", "pages $first–$last"),
    "place.slide": ("الشريحة $number", "slide $number"),
    "place.notes": ("الشريحة $number، الملاحظات", "slide $number, notes"),
    "place.row": ("الصف $number", "row $number"),
    "place.sheet_row": ("$sheet، الصف $number", "$sheet, row $number"),
    "place.footnote": ("الحاشية $number", "footnote $number"),
    "place.line": ("السطر $number", "line $number"),
    "place.line_path": ("السطر $number، $path", "line $number$path"),
    "place.hidden.slide": ("$place، مخفية", "$place, hidden"),
    "place.hidden.row": ("$place، مخفي", "$place, hidden"),
    # The web page
    "page.title": ("سند", "Sanad"),
    "page.tagline": (
        "اسأل وثائقك، وكل جملة في الجواب تشير إلى الجملة التي تستند إليها.",
        "Ask your documents; every sentence of an answer points at the sentence it rests on.",
    ),
    "page.views": ("أقسام الصفحة", "Parts of the page"),
    "page.view.ask": ("اسأل", "Ask"),
    "page.view.library": ("المكتبة", "Library"),
    "page.view.search": ("البحث", "Search"),
    "page.language": ("العربية", "English"),
    "page.theme": ("مظهر داكن أو فاتح", "Dark or light"),
    "page.sign_out": ("تسجيل الخروج", "Sign out"),
    "page.ask": ("اسأل عن وثائقك…", "Ask your documents…"),
    "page.send": ("إرسال", "Send"),
    "page.stop": ("إيقاف", "Stop"),
    "page.new": ("محادثة جديدة", "New conversation"),
    "page.conversation": ("المحادثة", "Conversation"),
    "page.source": ("المصدر", "Source"),
    "page.source.empty": (
        "اضغط على رقم في الجواب لترى الجملة في وثيقتها.",
        "Click a number in an answer to see the sentence in its document.",
    ),
    "page.chat.empty": ("اطرح سؤالًا للبدء.", "Ask a question to begin."),
    "page.starters": ("أسئلة تجيب عنها وثائقك:", "Questions that your documents answer:"),
    "page.you": ("سؤالك", "Your question"),
    "page.documents.none": ("لا وثائق بعد", "No documents yet"),
    "page.documents.one": ("وثيقة واحدة", "One document"),
    "page.documents.many": ("عدد الوثائق: $count", "Documents: $count"),
    "page.marker": ("الاقتباس رقم $number: $quote", "Citation $number: $quote"),
    "page.engine": ("صاغ الجواب: $engine", "Written by: $engine"),
    "page.understood": ("فُهم السؤال هكذا: $question", "Understood as: $question"),
    "page.understood.edit": ("تعديل", "Edit"),
    "page.checks": ("كيف فُحصت جمل هذا الجواب؟", "How were this answer's sentences checked?"),
    "page.engine.extractive": (
        "اقتباس حرفي من الوثائق، بلا صياغة آلية",
        "Quoted word for word from the documents; nothing was rephrased",
    ),
    "page.stopped": ("أُوقف الجواب قبل أن يكتمل.", "The answer was stopped before it was complete."),
    "page.busy": (
        "انتظر حتى يكتمل الجواب، أو أوقفه.",
        "Wait until the answer is complete, or stop it.",
    ),
    "page.full": (
        "تُجاب الآن أسئلة كثيرة. حاول مرة أخرى بعد قليل؛ سؤالك باقٍ في مكانه.",
        "Many questions are being answered right now. Try again in a moment; your question is "
        "still there.",
    ),
    "page.full.own": (
        "ما زال عدد من أسئلتك قيد الإجابة. حاول مرة أخرى حين يكتمل أحدها؛ سؤالك باقٍ في مكانه.",
        "Several of your questions are still being answered. Try again when one of them is done; "
        "your question is still there.",
    ),
    "page.not_begun": (
        "لم يبدأ الجواب. أعد السؤال بعد قليل.",
        "The answer had not begun. Ask again in a moment.",
    ),
    "page.earlier": ("أسئلة سابقة: $count", "Earlier questions: $count"),
    "page.export": ("تصدير", "Export"),
    "page.export.md": ("نص ماركداون (Markdown)", "Markdown text"),
    "page.export.html": ("صفحة ويب (HTML)", "Web page (HTML)"),
    "page.export.json": ("بيانات (JSON)", "Data (JSON)"),
    # What can be done with a message
    "act.question": ("ما يمكن فعله بالسؤال", "What to do with the question"),
    "act.answer": ("ما يمكن فعله بالجواب", "What to do with the answer"),
    "act.edit": ("تعديل السؤال", "Edit the question"),
    "act.again": ("طرح السؤال مجددًا", "Ask again"),
    "act.copy": ("نسخ الجواب", "Copy the answer"),
    "act.copy_cited": ("نسخ الجواب مع اقتباساته", "Copy the answer with its citations"),
    "act.good": ("جواب مفيد", "Helpful answer"),
    "act.bad": ("جواب غير مفيد", "Unhelpful answer"),
    "act.why": ("سبب التقييم", "Why this rating"),
    "act.copied": ("نُسخ الجواب.", "The answer was copied."),
    "act.not_copied": (
        "لم يسمح المتصفح بالنسخ. ظلّل النص وانسخه بنفسك.",
        "The browser did not allow copying. Select the text and copy it yourself.",
    ),
    "act.not_rated": (
        "لم يُحفظ تقييمك. أعد تحميل الصفحة ثم حاول مجددًا.",
        "Your rating was not kept. Load the page anew and try again.",
    ),
    "rate.good": ("ما الذي أفادك في الجواب؟", "What helped in this answer?"),
    "rate.good.right": ("صحيح", "It is right"),
    "rate.good.clear": ("واضح", "It is clear"),
    "rate.good.sources": ("مصادره مناسبة", "Its sources fit"),
    "rate.bad": ("ما المشكلة في الجواب؟", "What is wrong with this answer?"),
    "rate.bad.wrong": ("غير صحيح", "It is not right"),
    "rate.bad.incomplete": ("ناقص", "Something is missing"),
    "rate.bad.beside": ("لا يجيب عن سؤالي", "It does not answer my question"),
    "rate.bad.sources": ("مصادره غير مناسبة", "Its sources do not fit"),
    "rate.own": ("بكلماتك (اختياري)", "In your own words (optional)"),
    "rate.send": ("حفظ", "Keep"),
    "rate.leave": ("إغلاق", "Close"),
    # The conversations of a person
    "day.today": ("اليوم", "Today"),
    "day.yesterday": ("أمس", "Yesterday"),
    "day.date": ("$day $month", "$day $month"),
    "day.date.year": ("$day $month $year", "$day $month $year"),
    "history.title": ("المحادثات", "Conversations"),
    "history.close": ("إغلاق المحادثات", "Close the conversations"),
    "history.search": ("ابحث في محادثاتك", "Search your conversations"),
    "history.none": ("لا محادثات بعد.", "No conversations yet."),
    "history.none_found": ("لا محادثة فيها هذه الكلمات.", "No conversation has these words."),
    "history.more": ("عرض المزيد، والباقي: $count", "Show more, $count left"),
    "history.rename": ("إعادة تسمية «$title»", "Rename “$title”"),
    "history.name": ("عنوان المحادثة", "Title of the conversation"),
    "history.delete": ("حذف «$title»", "Delete “$title”"),
    "history.deleted": ("حُذفت", "Deleted"),
    "history.undo": ("تراجع", "Undo"),
    "history.undo_of": ("التراجع عن حذف «$title»", "Undo the deletion of “$title”"),
    "history.kept": ("لم تُحذف المحادثة. حاول مجددًا.", "It was not deleted. Try again."),
    "page.searching": ("أبحث في الوثائق…", "Searching the documents…"),
    "page.writing": (
        "أكتب الجواب وأفحص كل جملة منه…",
        "Writing the answer and checking each sentence…",
    ),
    "page.error": (
        "تعذّرت الإجابة: $message",
        "The question could not be answered: $message",
    ),
    "page.error.unexpected": (
        "حدث خطأ غير متوقع. أعد المحاولة، وإن تكرر فانظر إلى سجل البرنامج.",
        "Something unexpected went wrong. Try again; if it happens again, see the program's log.",
    ),
    "page.source.missing": (
        "هذه الوثيقة لم تعد في المكتبة.",
        "This document is no longer in the library.",
    ),
    "page.source.omitted": (
        "⋯ الوثيقة طويلة، وما بقي منها في هذا الموضع غير معروض ⋯",
        "⋯ This document is long; the rest of it is not shown here ⋯",
    ),
    "source.cite": ("استشهاد", "Cite"),
    "source.cite.footnote": ("انسخ حاشية", "Copy a footnote"),
    "source.cite.bibtex": ("انسخ BibTeX", "Copy BibTeX"),
    "source.cite.ris": ("انسخ RIS", "Copy RIS"),
    "source.cite.csl-json": ("انسخ CSL-JSON", "Copy CSL-JSON"),
    "source.link": ("انسخ الرابط", "Copy link"),
    "source.print": ("نسخة للطباعة", "Print view"),
    "source.copied": ("نُسخ", "Copied"),
    "source.previous": ("الاقتباس السابق", "Previous citation"),
    "source.next": ("الاقتباس التالي", "Next citation"),
    "source.page": (
        "صورة الصفحة والجملة مُحاطة بإطار: $place",
        "The page with the sentence boxed: $place",
    ),
    "source.date": ("التاريخ: $date", "Date: $date"),
    "source.state.changed": (
        "تغيّر الملف بعد أن قُرئت هذه النسخة منه.",
        "The file has changed since this version of it was read.",
    ),
    "source.state.gone": (
        "لم يعد الملف في مكانه؛ هذا نصّه كما قُرئ.",
        "The file is no longer there; this is its text as it was read.",
    ),
    "search.words": ("كلمات أو سؤال أو اسم…", "Words or a question…"),
    "search.go": ("ابحث", "Search"),
    "search.kind": ("ما الذي تبحث عنه؟", "What to look for"),
    "search.kind.passage": ("المقاطع الأقرب", "Closest passages"),
    "search.kind.sentence": ("الجمل الأقرب", "Closest sentences"),
    "search.kind.mentions": ("كل مواضع الذكر", "All mentions"),
    "search.filters": ("تصفية الوثائق", "Filter documents"),
    "search.document": ("من عنوان الوثيقة", "Words of the title"),
    "search.language": ("اللغة", "Language"),
    "search.language.any": ("كل اللغات", "Any"),
    "search.language.ar": ("العربية", "Arabic"),
    "search.language.en": ("الإنجليزية", "English"),
    "search.after": ("من تاريخ", "Dated from"),
    "search.before": ("إلى تاريخ", "Dated to"),
    "search.more": ("المزيد", "More"),
    "search.open": ("اعرض الموضع في «$title»", "Show it in “$title”"),
    "search.begin": (
        "ابحث في وثائقك بالعربية والإنجليزية معًا، من غير جواب مكتوب.",
        "Search your documents in Arabic and English at once, without a written answer.",
    ),
    "search.empty": ("اكتب كلمة واحدة على الأقل.", "Write at least one word."),
    "search.nothing": ("لا شيء قريب من هذه الكلمات.", "Nothing comes close to these words."),
    "search.no_document": (
        "لا وثيقة في عنوانها هذه الكلمات.",
        "No document has these words in its title.",
    ),
    "search.mentions": (
        "مواضع الذكر: $total، في $sentences من الجمل، وعدد الوثائق: $documents",
        "Mentions: $total, in sentences: $sentences, in documents: $documents",
    ),
    "search.mentions.none": (
        "لا ذكر لهذه الكلمات في الوثائق.",
        "These words are mentioned nowhere in the documents.",
    ),
    "search.forms": ("الصيغ التي حُسبت", "Forms that were counted"),
    "search.form.same": ("الكلمة نفسها", "the same word"),
    "search.form.translation": ("ترجمة", "translation"),
    "search.form.name": ("الاسم بحروف أخرى", "name in the other script"),
    "search.form.number": ("العدد بأرقام أخرى", "number in other digits"),
    "search.form.date": ("التاريخ نفسه", "the same date"),
    "page.source.back": ("العودة إلى الجواب", "Back to the answer"),
    # The door: where people sign in
    "door.heading": ("تسجيل الدخول", "Sign in"),
    "door.name": ("الاسم", "Name"),
    "door.password": ("كلمة السر", "Password"),
    "door.button": ("دخول", "Sign in"),
    "door.note": (
        "إن نسيت كلمة السر فاطلب من المشرف على هذه الصفحة كلمة جديدة.",
        "If you have forgotten your password, ask whoever runs this page for a new one.",
    ),
    "door.language": ("العربية", "English"),
    "door.wrong": (
        "الاسم أو كلمة السر غير صحيحة. تحقق من لغة لوحة المفاتيح وحاول مرة أخرى.",
        "The name or the password is wrong. Check the language of your keyboard and try again.",
    ),
    "door.wait.seconds": (
        "محاولات كثيرة لم تنجح. انتظر ثم حاول مرة أخرى (المدة بالثواني: $count).",
        "Too many tries that failed. Wait, then try again (seconds to wait: $count).",
    ),
    "door.wait.minutes": (
        "محاولات كثيرة لم تنجح. انتظر ثم حاول مرة أخرى (المدة بالدقائق: $count).",
        "Too many tries that failed. Wait, then try again (minutes to wait: $count).",
    ),
    "door.unreadable": (
        "تعذرت قراءة الاستمارة. يلزم حقلان: \u2066username\u2069 و\u2066password\u2069.",
        "The form can't be read. Send the fields username and password, as HTML forms do.",
    ),
    # The guard: what is told to whoever it lets no further
    "guard.nobody": (
        "سجّل الدخول أولًا. والبرامج ترسل الاسم وكلمة السر بطريقة \u2066HTTP Basic\u2069.",
        "Sign in first. Programs send name and password by HTTP Basic.",
    ),
    "guard.elsewhere": (
        "جاء هذا الطلب من صفحة موقع آخر، فلم يُنفَّذ. افتح سند نفسه وأعد المحاولة.",
        "This request came from a page of another site and was not carried out. Open Sanad itself "
        "and try again.",
    ),
    "guard.host": (
        "ليس \u2066$host\u2069 اسمًا لهذه الصفحة. إن كان ينبغي أن يكون اسمًا لها فأضفه إلى "
        "\u200eSANAD_ALLOWED_HOSTS\u200e.",
        "This page is not called “$host”. If it should be, add the name to SANAD_ALLOWED_HOSTS.",
    ),
    "guard.shut": ("لا تُقدَّم ملفات من هنا.", "No files are handed out here."),
    "guard.register": (
        "تعذرت قراءة ملف المستخدمين، فلا يدخل أحد حتى يُصلَح. السبب في سجل الخادم.",
        "The users file can't be read, so nobody is let in until it is mended. The server's log "
        "says why.",
    ),
    "guard.slow": (
        "لم يصل الطلب كاملًا في الوقت المتاح. أعد إرساله.",
        "The request did not come whole in time. Send it again.",
    ),
    "guard.unreadable": (
        "تعذرت قراءة الطلب. أرسل كائن \u2066JSON\u2069 واحدًا لا تتداخل أجزاؤه كثيرًا.",
        "The request can't be read. Send one JSON object that is not nested deeply.",
    ),
    "guard.too_large": (
        "الطلب أكبر مما يُقبل. أكبر ملف يُقرأ يحدده \u200eSANAD_MAX_FILE_MB\u200e.",
        "The request is larger than is taken. SANAD_MAX_FILE_MB says how large a file may be.",
    ),
    "guard.crowd": (
        "لديك طلبات كثيرة تنتظر. انتظر حتى تنتهي ثم أعد المحاولة.",
        "Too many of your requests are waiting. Let them end, then try again.",
    ),
    # The library in the web page
    "amount.bytes": ("$count بايت", "$count bytes"),
    "amount.kb": ("$count ك.ب", "$count KB"),
    "amount.mb": ("$count م.ب", "$count MB"),
    "amount.gb": ("$count غ.ب", "$count GB"),
    "amount.day": ("$day $month $year", "$day $month $year"),
    "amount.documents.none": ("لا وثائق", "no documents"),
    "amount.documents.one": ("وثيقة واحدة", "1 document"),
    "amount.documents.two": ("وثيقتان", "2 documents"),
    "amount.documents.few": ("$count وثائق", "$count documents"),
    "amount.documents.many": ("$count وثيقة", "$count documents"),
    "amount.left.seconds": ("بقي نحو $count ث", "about $count s left"),
    "amount.left.minutes": ("بقي نحو $count د", "about $count min left"),
    "library.add": ("أضف وثائق", "Add documents"),
    "library.drop": (
        "أفلت الملفات أو المجلدات هنا، أو اخترها:",
        "Drop files or folders here, or choose them:",
    ),
    "library.files": ("اختر ملفات", "Choose files"),
    "library.folder": ("اختر مجلدًا", "Choose a folder"),
    "library.sync": ("اقرأ مجلد الوثائق من جديد", "Read the documents’ folder again"),
    "library.sync.why": (
        "يضيف ما جدّ في مجلد الوثائق، ويحدّث ما تغيّر، ويزيل ما حُذف منه.",
        "Takes in what is new in the documents’ folder, updates what changed, and drops what was "
        "deleted there.",
    ),
    "library.known": (
        "الأنواع المقروءة، وأكبر حجم للملف $limit",
        "Kinds that can be read; the largest file is $limit",
    ),
    "library.own": (
        "ما تضيفه هنا لا يراه غيرك.",
        "What you add here is seen by nobody else.",
    ),
    "library.incoming": ("الملفات المضافة", "Files being added"),
    "library.incoming.sum": ("أُضيف $done من $total", "Added $done of $total"),
    "library.incoming.ended": (
        "انتهت الإضافة. أُضيف: $done، وتعذّر: $failed",
        "Finished. Added: $done, failed: $failed",
    ),
    "library.incoming.cancelled": (
        "أُوقفت الإضافة، وبقي ما أُضيف قبلها. أُضيف: $done، وتعذّر: $failed",
        "Stopped; what had been added stays. Added: $done, failed: $failed",
    ),
    "library.incoming.waiting": ("في الانتظار", "waiting"),
    "library.incoming.sending": ("يُرسَل، $share٪", "sending, $share %"),
    "library.incoming.reading": ("يُقرأ…", "being read…"),
    "library.incoming.done": ("أُضيف", "added"),
    "library.incoming.left_out": ("أُوقف", "stopped"),
    "library.incoming.unknown": (
        "ملفات تُركت لأن نوعها لا يُقرأ: $count ($kinds). الأنواع المقروءة: $known.",
        "Files left out because their kind can’t be read: $count ($kinds). Kinds that can be read: "
        "$known.",
    ),
    "library.incoming.too_large": (
        "حجمه $size، والحد $limit. قسّمه، أو اطلب ممن يدير البرنامج رفع الحد.",
        "It has $size and the limit is $limit. Split it, or have whoever runs the program raise "
        "the limit.",
    ),
    "library.incoming.broken": (
        "انقطع الاتصال قبل أن يكتمل. أضفه مرة أخرى.",
        "The connection broke off before it was complete. Add it again.",
    ),
    "library.incoming.cancel": ("أوقف الإضافة", "Stop adding"),
    "library.incoming.close": ("إغلاق", "Close"),
    "library.failed.UnsupportedFormat": (
        "لا يُقرأ هذا النوع من الملفات. احفظه بنوع من هذه: $kinds.",
        "This kind of file can’t be read. Save it as one of these: $kinds.",
    ),
    "library.failed.EmptyDocument": (
        "لا نص فيه. إن كانت صفحاته صورًا فاستخرج نصها أولًا ببرنامج للتعرف على الحروف.",
        "There is no text in it. If its pages are pictures, have their text recognised first.",
    ),
    "library.failed.UnreadableDocument": (
        "تعذّرت قراءته، وقد يكون تالفًا أو محميًا بكلمة سر. افتحه في البرنامج الذي صنعه واحفظه من "
        "جديد، ثم أضفه.",
        "It can’t be read; it may be damaged or locked by a password. Open it in the program that "
        "made it, save it anew, and add it again.",
    ),
    "library.failed.other": (
        "تعذّرت إضافته: $message",
        "It could not be added: $message",
    ),
    "library.failed.unexpected": (
        "حدث خطأ غير متوقع. أعد المحاولة، وإن تكرر فانظر إلى سجل البرنامج.",
        "Something unexpected went wrong. Try again; if it happens again, see the program’s log.",
    ),
    "library.details": ("التفاصيل", "Details"),
    "library.sift": ("ترشيح الوثائق", "Filter the documents"),
    "library.words": ("كلمات في العنوان أو اسم الملف", "Words of the title or file name"),
    "library.language": ("اللغة", "Language"),
    "library.language.all": ("كل اللغات", "All languages"),
    "library.language.ar": ("العربية", "Arabic"),
    "library.language.en": ("الإنجليزية", "English"),
    "library.language.mixed": ("العربية والإنجليزية", "Arabic and English"),
    "library.language.und": ("غير معروفة", "Unknown"),
    "library.after": ("من تاريخ", "From"),
    "library.before": ("إلى تاريخ", "To"),
    "library.order": ("الترتيب", "Order"),
    "library.order.title": ("حسب العنوان", "By title"),
    "library.order.date": ("الأحدث تاريخًا أولًا", "Latest date first"),
    "library.order.added": ("آخر ما أُضيف أولًا", "Last added first"),
    "library.clear": ("أزل الترشيح", "Clear the filter"),
    "library.list": ("الوثائق", "Documents"),
    "library.found": ("$found من $held", "$found of $held"),
    "library.held": ("في المكتبة: $held", "In the library: $held"),
    "library.empty": (
        "لا وثائق في المكتبة بعد. أضف ملفات أعلاه لتسأل عنها.",
        "There are no documents in the library yet. Add files above, then ask about them.",
    ),
    "library.unfound": (
        "لا وثيقة توافق هذا الترشيح.",
        "No document fits this filter.",
    ),
    "library.pages": ("صفحات القائمة", "Pages of the list"),
    "library.pages.shown": ("$first–$last من $found", "$first–$last of $found"),
    "library.previous": ("السابق", "Previous"),
    "library.next": ("التالي", "Next"),
    "library.column.title": ("العنوان", "Title"),
    "library.column.language": ("اللغة", "Language"),
    "library.column.date": ("التاريخ", "Date"),
    "library.column.pages": ("الصفحات", "Pages"),
    "library.column.passages": ("المقاطع", "Passages"),
    "library.column.size": ("الحجم", "Size"),
    "library.column.quality": ("جودة النص", "Text quality"),
    "library.column.state": ("الحالة", "State"),
    "library.column.actions": ("إجراءات", "Actions"),
    "library.percent": ("$count٪", "$count %"),
    "library.state.changed": (
        "تغيّر الملف بعد قراءته",
        "the file has changed since it was read",
    ),
    "library.state.gone": ("لم يعد الملف موجودًا", "the file is no longer there"),
    "library.whose.folder": ("من مجلد الوثائق", "from the documents’ folder"),
    "library.whose.uploaded": ("أُضيفت من هذه الصفحة", "added on this page"),
    "library.whose.added": ("أُضيفت من سطر الأوامر أو برنامج", "added by command or program"),
    "library.whose.own": ("لك وحدك", "yours alone"),
    "library.whose.shared": ("مشتركة", "shared"),
    "library.corrected": ("صُحِّح: $what", "corrected: $what"),
    "library.note.read_as": (
        "محتواه من نوع $what وإن اختلف امتداده.",
        "Its content is of the kind $what, whatever its suffix says.",
    ),
    "library.note.skipped": (
        "تعذّرت قراءة أجزاء منه فتُركت: $what",
        "Parts of it could not be read and were left out: $what",
    ),
    "library.note.attachments": (
        "لم تُقرأ مرفقاته: $what",
        "Its attachments were not read: $what",
    ),
    "library.note.scanned": (
        "صفحات هي صور بلا نص، فتُركت: $what",
        "Pages that are pictures without text were left out: $what",
    ),
    "library.note.ocr": (
        "صفحات قُرئت من صور، فراجع الأصل قبل الاقتباس: $what",
        "Pages were read from pictures; look at the original before you quote: $what",
    ),
    "library.note.broken": (
        "صفحات تالفة تُركت: $what",
        "Damaged pages were left out: $what",
    ),
    "library.note.doubtful": (
        "قد يكون في نصه أو ترتيب كلماته خطأ، فقارنه بالأصل.",
        "Its words or their order may be wrong; compare it with the original.",
    ),
    "library.note.characters": (
        "تعذّر تمييز بعض حروفه.",
        "Some of its characters could not be made out.",
    ),
    "library.pick": ("اختر «$title»", "Choose “$title”"),
    "library.pick.all": ("اختر كل ما في هذه الصفحة", "Choose all on this page"),
    "library.ask": ("اسأل عن المختار ($count)", "Ask about the chosen ($count)"),
    "library.ask.all": ("اسأل عن كل ما وُجد ($count)", "Ask about all that was found ($count)"),
    "library.unpick": ("ألغِ الاختيار", "Choose none"),
    "library.correct": ("تصحيح", "Correct"),
    "library.correct.named": ("صحّح بيانات «$title»", "Correct “$title”"),
    "library.correct.save": ("حفظ", "Save"),
    "library.correct.cancel": ("إلغاء", "Cancel"),
    "library.correct.back": ("أعد ما في الوثيقة نفسها", "Back to the document’s own"),
    "library.correct.done": ("صُحِّحت بيانات «$title».", "Corrected “$title”."),
    "library.correct.wrong": (
        "لا يمكن حفظ هذا التصحيح: اكتب عنوانًا وتاريخًا صالحين.",
        "This can’t be saved: give a title and a valid date.",
    ),
    "library.correct.shared": (
        "«$title» مشتركة مع غيرك، فلا تُصحَّح من هنا. يصححها من يدير البرنامج.",
        "“$title” is shared with others and can’t be corrected here. Whoever runs the program can.",
    ),
    "library.remove": ("إزالة", "Remove"),
    "library.remove.named": ("أزل «$title»", "Remove “$title”"),
    "library.remove.folder": (
        "يبقى ملفها في مجلد الوثائق، وستُقرأ من جديد عند القراءة التالية للمجلد ما لم تحذف الملف أو "
        "تذكره في \u200e.sanadignore\u200e.",
        "Its file stays in the documents’ folder and will be read again the next time the folder "
        "is read, unless you delete it or list it in .sanadignore.",
    ),
    "library.remove.sure": ("أزلها", "Remove it"),
    "library.remove.done": ("أُزيلت «$title».", "Removed “$title”."),
    "library.remove.shared": (
        "«$title» مشتركة، فلا تُزال من هنا. يزيلها من يدير البرنامج.",
        "“$title” is shared and can’t be removed here. Whoever runs the program can.",
    ),
    "library.undo": ("تراجع", "Undo"),
    "library.undo.named": ("تراجع عن إزالة «$title»", "Undo the removal of “$title”"),
    "library.undo.done": ("عادت «$title».", "“$title” is back."),
    "library.undo.late": (
        "فات أوان التراجع. أضف الملف مرة أخرى.",
        "It is too late to undo this. Add the file again.",
    ),
    "library.missing": (
        "لم تعد هذه الوثيقة في المكتبة.",
        "This document is no longer in the library.",
    ),
    "library.trouble": ("تعذّر ذلك: $message", "That could not be done: $message"),
    "library.syncing": ("يُقرأ مجلد الوثائق…", "Reading the documents’ folder…"),
    "library.syncing.at": ("قُرئ $done من $total", "Read $done of $total"),
    "library.syncing.stop": ("إيقاف", "Stop"),
    "library.synced": ("قُرئ مجلد الوثائق.", "The documents’ folder was read."),
    "library.synced.stopped": (
        "أُوقفت القراءة، وبقي ما قُرئ قبلها. القراءة التالية تكملها.",
        "Stopped; what had been read stays. The next reading goes on from here.",
    ),
    "library.synced.failed": (
        "لم يُقرأ مجلد الوثائق: $message",
        "The documents’ folder was not read: $message",
    ),
    "library.synced.added": ("أُضيف: $count", "Added: $count"),
    "library.synced.updated": ("حُدِّث: $count", "Updated: $count"),
    "library.synced.moved": ("نُقل: $count", "Moved: $count"),
    "library.synced.removed": ("أُزيل: $count", "Removed: $count"),
    "library.synced.unchanged": ("لم يتغير: $count", "Unchanged: $count"),
    "library.synced.faults": ("تعذّر: $count", "Failed: $count"),
    "library.synced.warnings": ("يستحق نظرة: $count", "Worth a look: $count"),
    "library.synced.more": ("وغيرها: $count", "and others: $count"),
    "library.chosen": ("يُبحث في:", "Looking in:"),
    "library.chosen.clear": ("ابحث في كل الوثائق", "Look in all documents"),
    # Conversations that are kept
    "conversation.searched": ("بُحث عن: $question", "Searched for: $question"),
    "conversation.changed": (
        "تغيّرت الوثيقة بعد هذا الجواب",
        "the document has changed since this answer",
    ),
    "conversation.gone": (
        "لم تعد الوثيقة في المكتبة",
        "the document is no longer in the library",
    ),
    "conversation.erased": (
        "مُحي الاقتباس مع وثيقته",
        "the quote was erased with its document",
    ),
    "conversation.rated.good": ("قُيّم الجواب بأنه مفيد", "Rated as helpful"),
    "conversation.rated.bad": ("قُيّم الجواب بأنه غير مفيد", "Rated as not helpful"),
    "conversation.stopped": (
        "أُوقف الجواب قبل أن يكتمل.",
        "The answer was stopped before it was complete.",
    ),
    # The command line
    "cli.chat.begin": (
        "اكتب سؤالك. السطر الفارغ أو \u200e/quit ينهي المحادثة.",
        "Type your question. An empty line or /quit ends the conversation.",
    ),
    "cli.chat.kept": (
        "حُفظت المحادثة. لمتابعتها: \u2066sanad chat --conversation $id\u2069",
        "This conversation is kept. Go on with it: sanad chat --conversation $id",
    ),
    "cli.chat.not_kept": (
        "لن تُحفظ هذه المحادثة، فالمكتبة مفتوحة للقراءة فقط.",
        "This conversation will not be kept: the library is open for reading only.",
    ),
    "cli.conversations.none": ("لا محادثات محفوظة.", "No conversations are kept."),
    "cli.conversations.unfound": (
        "لا محادثة فيها هذه الكلمات كلها.",
        "No conversation holds all of these words.",
    ),
    "cli.conversations.renamed": (
        "صار عنوان المحادثة «$title».",
        "The conversation is now called “$title”.",
    ),
    "cli.conversations.written": (
        "كُتبت المحادثة في \u2066$path\u2069",
        "Wrote the conversation to $path",
    ),
    "cli.conversations.sure": (
        "أأحذف المحادثة «$title»؟ [نعم/لا]",
        "Delete the conversation “$title”? [y/N]",
    ),
    "cli.conversations.kept": ("لم يُحذف شيء.", "Nothing was deleted."),
    "cli.conversations.deleted": (
        "حُذفت المحادثة «$title».",
        "Deleted the conversation “$title”.",
    ),
    "cli.users.password": ("كلمة السر", "Password"),
    "cli.users.again": ("كلمة السر مرة أخرى", "Password again"),
    "cli.users.different": (
        "كلمتا السر مختلفتان. أعد كتابتهما.",
        "The two passwords differ. Type them again.",
    ),
    "cli.users.added": (
        "أُضيف المستخدم \u2068$name\u2069. لتشغيل الصفحة: \u2066SANAD_USERS=$path sanad serve\u2069",
        "Added $name. Serve the page with: SANAD_USERS=$path sanad serve",
    ),
    "cli.users.removed": (
        "أُزيل المستخدم \u2068$name\u2069، وانتهى دخوله حيثما كان.",
        "Removed $name, who is signed out everywhere.",
    ),
    "cli.users.changed": (
        "كلمة سر جديدة للمستخدم \u2068$name\u2069، ويلزمه أن يسجّل الدخول من جديد.",
        "$name has a new password, and has to sign in again.",
    ),
    "cli.users.none": ("لا أحد في ملف المستخدمين.", "There is nobody in the users file."),
    "cli.users.readable": (
        "تنبيه: يستطيع غيرك على هذا الجهاز قراءة \u2066$path\u2069. امنعه بالأمر: "
        "\u2066chmod 600 $path\u2069",
        "Warning: others on this machine can read $path. Prevent it with: chmod 600 $path",
    ),
    "cli.serve.clear": (
        "تنبيه: تصل كلمات السر إلى \u2066$host\u2069 عبر الشبكة بلا تشفير ما لم يكن أمام الصفحة "
        "وسيط يعمل ببروتوكول TLS.",
        "Warning: passwords travel to $host in the clear, unless a proxy with TLS stands in front "
        "of the page.",
    ),
    "cli.search.nothing": ("لم أجد شيئًا.", "Nothing was found."),
    # How a written form is the word that was looked for
    "mentions.translation": ("ترجمة", "translation"),
    "mentions.name": ("الاسم بحروف أخرى", "name in the other script"),
    "mentions.number": ("العدد بصورة أخرى", "number written otherwise"),
    "mentions.date": ("التاريخ نفسه", "same date"),
    "cli.mentions": (
        "«$words»: المواضع: $total، الجمل: $sentences، الوثائق: $documents",
        "“$words”: mentions: $total, sentences: $sentences, documents: $documents",
    ),
    "cli.mentions.more": (
        "عُرض من الجمل $shown. لعرض المزيد: \u2066-k $sentences\u2069",
        "Sentences shown: $shown. To see all: -k $sentences",
    ),
    "cli.summary": (
        "أُضيف: $added، حُدِّث: $updated، نُقل: $moved، لم يتغير: $unchanged، أُزيل: $removed، "
        "تعذّر: $failed ($seconds ث)",
        "Added: $added, updated: $updated, moved: $moved, unchanged: $unchanged, "
        "removed: $removed, failed: $failed ($seconds s)",
    ),
    "cli.failure": ("تعذّرت القراءة: $message", "Failed: $message"),
    "cli.warning": ("تنبيه: $message", "Warning: $message"),
    "cli.remove.sure": (
        "أأزيل «$title» من المكتبة؟ [نعم/لا]",
        "Remove “$title” from the library? [y/N]",
    ),
    "cli.remove.kept": ("لم يُزَل شيء.", "Nothing was removed."),
    "cli.remove.done": ("أُزيلت «$title» من المكتبة.", "Removed “$title” from the library."),
    "cli.watch": (
        "أتابع المجلد \u2066$folder\u2069. للإنهاء: \u2066Ctrl-C\u2069",
        "Watching $folder. Ctrl-C ends it.",
    ),
    "cli.corrected": ("صُحِّح: $what", "corrected: $what"),
    "cli.corrected.title": ("العنوان", "title"),
    "cli.corrected.date": ("التاريخ", "date"),
    "cli.corrected.language": ("اللغة", "language"),
    "cli.remove.kept_in": (
        "ما زالت الوثيقة في نسخة سابقة: \u2066$path\u2069. احذف هذه النسخة إن أردت ألا يبقى منها "
        "أثر.",
        "The document is still in a copy from before: $path. Delete that copy if nothing of it is "
        "to be left.",
    ),
    "cli.backup.done": (
        "حُفظت المكتبة في \u2066$path\u2069 ($megabytes ميغابايت). الوثائق: $documents، "
        "المحادثات: $conversations، الملفات المرفوعة: $files.",
        "The library is kept in $path ($megabytes MB). Documents: $documents, conversations: "
        "$conversations, uploaded files: $files.",
    ),
    "cli.restore.done": (
        "المكتبة في \u2066$library\u2069 هي الآن ما في \u2066$path\u2069 (بتاريخ $created). "
        "الوثائق: $documents، المحادثات: $conversations، الملفات المرفوعة: $files.",
        "The library in $library is now what was in $path (made $created). Documents: $documents, "
        "conversations: $conversations, uploaded files: $files.",
    ),
    "cli.restore.aside": (
        "وما كان فيها قبل ذلك موجود في \u2066$path\u2069. احذفه بنفسك حين لا تحتاج إليه.",
        "What was there before lies in $path. Delete it yourself when you need it no more.",
    ),
    "cli.rebuild.done": (
        "أُعيدت فهرسة المكتبة بالتضمين \u2066$embeddings\u2069. عدد المقاطع: $passages ($seconds ث)",
        "Indexed the library anew with \u2066$embeddings\u2069. Passages: $passages ($seconds s)",
    ),
    # What is said while the index of vectors is made good
    "mending.unclean": (
        "توقف البرنامج في أثناء عمل لم يكتمل، ولذلك يجري فحص فهرس البحث.",
        "The program was ended in the middle of something, so the search index is looked through.",
    ),
    "mending.missing": (
        "فهرس البحث مفقود، ويجري بناؤه من جديد.",
        "The search index is missing and is being made anew.",
    ),
    "mending.failed": (
        "تعطّل فهرس البحث أو تعذّر الوصول إلى خادمه، ويجري إصلاحه من تلقاء نفسه.",
        "The search index failed, or its server can't be reached; it is being mended by itself.",
    ),
    "mending.behind": (
        "يجري إلحاق فهرس البحث بما في المكتبة.",
        "The search index is catching up with the library.",
    ),
    "mending.share": ("أُنجز $share٪.", "$share % is done."),
    "mending.answers": (
        "لا ينقص الإجابات شيء في هذه الأثناء.",
        "Answers lack nothing meanwhile.",
    ),
    "cli.mending.left": (
        "لم يكتمل إصلاح فهرس البحث، وسيُستأنف عند فتح المكتبة للكتابة في المرة القادمة. $detail",
        "The search index is not mended yet; that goes on when the library is next opened for "
        "writing. $detail",
    ),
    # The command line: evaluation. No vowel marks in what is aligned.
    "evaluate.head": (
        "الأسئلة: $questions، والوثائق في المكتبة: $documents",
        "Questions: $questions, documents in the library: $documents",
    ),
    "evaluate.all": ("كل المجموعات", "all sets"),
    "evaluate.questions": ("الأسئلة", "questions"),
    "evaluate.answerable": ("لها جواب في الوثائق", "with an answer in the documents"),
    "evaluate.unanswerable": ("لا جواب لها فيها", "without an answer in them"),
    "evaluate.documents": ("الوثائق المسؤول عنها", "documents asked about"),
    "evaluate.left_out": ("أعيدت بعد إخراج وثائقها", "asked again, documents left out"),
    "evaluate.ndcg_10": ("ترتيب المقاطع (nDCG@10)", "order of passages (nDCG@10)"),
    "evaluate.recall_1": ("المقطع الصحيح أولا (R@1)", "right passage first (R@1)"),
    "evaluate.recall_5": ("المقطع الصحيح ضمن خمسة (R@5)", "right passage in five (R@5)"),
    "evaluate.hit_1": ("الجملة الصحيحة أولا (hit@1)", "right sentence first (hit@1)"),
    "evaluate.hit_3": ("الجملة الصحيحة ضمن ثلاث (hit@3)", "right sentence in three (hit@3)"),
    "evaluate.ask_1": ("الاقتباس الأول صحيح (ask@1)", "first citation right (ask@1)"),
    "evaluate.answered": ("أجيب عنها", "answered"),
    "evaluate.false_answers": ("أجوبة خاطئة", "false answers"),
    "evaluate.auroc": ("تمييز الثقة (AUROC)", "confidence (AUROC)"),
    "evaluate.false_answers_without": ("أجوبة خاطئة بعد الإخراج", "false answers, left out"),
    "evaluate.auroc_without": (
        "تمييز الثقة (AUROC) بعد الإخراج",
        "confidence (AUROC), left out",
    ),
    "evaluate.exact": ("اقتباسات مطابقة للنص", "exact quotes"),
    "evaluate.seconds_p50": ("ملي ثانية للسؤال (p50)", "milliseconds a question (p50)"),
    "evaluate.seconds_p95": ("ملي ثانية للسؤال (p95)", "milliseconds a question (p95)"),
    "evaluate.interval": (
        "النسب مئوية، وبين القوسين مجال ثقة 95 % ($resamples معاينة تُسحب فيها الوثائق).",
        "Shares are percent; in parentheses 95 % intervals ($resamples resamples of documents).",
    ),
    "evaluate.no_questions": (
        "لا أسئلة في الملف، فلا شيء يقاس.",
        "The file holds no questions, so there is nothing to measure.",
    ),
    "evaluate.no_documents": (
        "لا وثائق في المكتبة، فلم يُسأل عن شيء. أضف وثائق أولًا.",
        "The library holds no documents, so nothing was asked. Add some first.",
    ),
    "evaluate.no_answerable": (
        "لا جواب في الوثائق لأي سؤال، فلا يقاس إلا الجواب الخاطئ.",
        "No question has an answer in the documents, so only false answers are measured.",
    ),
    "evaluate.no_unanswerable": (
        "كل سؤال له جواب في الوثائق، فلا تقاس الأجوبة الخاطئة. الخيار \u200e--without يقيسها.",
        "Every question has an answer, so false answers are not measured; --without does that.",
    ),
    "evaluate.no_interval": (
        "لا مجال ثقة حيث لا يُقاس إلا على وثيقة واحدة.",
        "Where only one document bears on a number, it has no interval.",
    ),
    "evaluate.missing": (
        "ليست في المكتبة، فتُعدّ أسئلتها غير مجاب عنها: $names",
        "Not in the library, so their questions count as missed: $names",
    ),
    # A library that another process writes to.
    "locked.process": (
        "تكتب في المكتبة $folder الآن العملية $pid على $host (منذ $since). أغلقها أولًا، أو استعمل "
        "الصفحة التي تعرضها. والقراءة ممكنة في هذه الأثناء: \u200esanad ask\u200e، أو "
        "\u200eread_only=True\u200e في \u200ePython\u200e.",
        "The library $folder is being written by process $pid on $host (since $since). Close it "
        "there first, or use the page that it serves. Reading works meanwhile: sanad ask, or "
        "read_only=True in Python.",
    ),
    "locked.self": (
        "تكتب في المكتبة $folder الآن هذه العملية نفسها (\u200eAssistant\u200e آخر مفتوح منذ "
        "$since). أغلقه أولًا. والقراءة ممكنة في هذه الأثناء: \u200esanad ask\u200e، أو "
        "\u200eread_only=True\u200e في \u200ePython\u200e.",
        "The library $folder is being written by this very process (another Assistant, open since "
        "$since). Close it first. Reading works meanwhile: sanad ask, or read_only=True in Python.",
    ),
    "locked.unknown": (
        "تكتب في المكتبة $folder الآن عملية أخرى. أغلقها أولًا. والقراءة ممكنة في هذه الأثناء: "
        "\u200esanad ask\u200e، أو \u200eread_only=True\u200e في \u200ePython\u200e.",
        "The library $folder is being written by another process. Close it there first. Reading "
        "works meanwhile: sanad ask, or read_only=True in Python.",
    ),
    # Models: what failed, the value that was seen, and what to do about it. A name that ends in a
    # provider's says what to do with that one.
    "model.error.refused": (
        "تعذر الوصول إلى $what ($detail). شغّل خادمه، أو راجع \u200e${setting}_URL\u200e.",
        "$what can't be reached ($detail). Start its server, or check ${setting}_URL.",
    ),
    "model.error.refused.ollama": (
        "تعذر الوصول إلى $what ($detail). شغّله بالأمر \u200eollama serve\u200e، أو راجع "
        "\u200e${setting}_URL\u200e.",
        "$what can't be reached ($detail). Start it with: ollama serve. Or check ${setting}_URL.",
    ),
    "model.error.timeout": (
        "لم يجب $what في الوقت المحدد ($detail). أعد المحاولة لاحقًا، أو انظر هل الخادم مشغول.",
        "$what did not answer in time ($detail). Try again later, or look whether the server is "
        "busy.",
    ),
    "model.error.key": (
        "رفض $what المفتاح ($detail). اضبط \u200e${setting}_KEY\u200e على مفتاح صالح.",
        "$what refused the key of ${setting}_KEY ($detail). Set ${setting}_KEY to a valid one.",
    ),
    "model.error.no_key": (
        "رفض $what الطلب لأنه بلا مفتاح ($detail). اضبط \u200e${setting}_KEY\u200e على مفتاح صالح.",
        "$what refused a call without a key ($detail). Set ${setting}_KEY to a valid one.",
    ),
    "model.error.missing": (
        "لا وجود للنموذج في $what ($detail). راجع اسم النموذج و\u200e${setting}_URL\u200e.",
        "$what is not there ($detail). Check the model's name and ${setting}_URL.",
    ),
    "model.error.missing.ollama": (
        "لا وجود للنموذج في $what ($detail). نزّله بالأمر \u200eollama pull $model\u200e، أو "
        "راجع اسمه و\u200e${setting}_URL\u200e.",
        "$what is not there ($detail). Fetch the model with: ollama pull $model. Else check the "
        "model's name and ${setting}_URL.",
    ),
    "model.error.quota": (
        "رفض $what الطلب لأن رصيد الحساب نفد ($detail). راجع حسابك لدى المزوّد.",
        "$what refused the call, since its quota is spent ($detail). Look at your account there.",
    ),
    "model.error.busy": (
        "$what مشغول ولا يستطيع الإجابة الآن ($detail). أعد المحاولة لاحقًا.",
        "$what could not answer now, since it is busy ($detail). Try again later.",
    ),
    "model.error.server": (
        "وقع خطأ في خادم $what فلم يستطع الإجابة ($detail). أعد المحاولة لاحقًا، أو راجع سجل "
        "الخادم.",
        "$what could not answer now, since its server failed ($detail). Try again later, or look "
        "at the server's log.",
    ),
    "model.error.redirect": (
        "يحيل $what إلى عنوان آخر، ولم يُرسل إليه شيء ($detail). إن كنت تثق به فاضبط "
        "\u200e${setting}_URL\u200e عليه.",
        "$what points at another address, and nothing was sent there ($detail). Set "
        "${setting}_URL to it if you trust it.",
    ),
    "model.error.rejected": (
        "رفض $what الطلب ($detail). راجع اسم النموذج و\u200e${setting}_URL\u200e.",
        "$what refused the call ($detail). Check the model's name and ${setting}_URL.",
    ),
    "model.error.context": (
        "السؤال ومقاطعه أطول مما يتسع له $what ($detail). ارفع \u200e${setting}_CONTEXT\u200e إن "
        "كان النموذج يتسع لأكثر، وإلا فاخفضه.",
        "The question and its passages are longer than $what can take ($detail). Raise "
        "${setting}_CONTEXT if the model can take more, else lower it.",
    ),
    "model.error.cut": (
        "انقطع الاتصال مع $what قبل نهاية الجواب ($detail). أعد السؤال.",
        "The connection to $what broke off before the end of the answer ($detail). Ask again.",
    ),
    "model.error.length": (
        "توقف $what قبل نهاية الجواب لأن المساحة نفدت ($detail). ارفع "
        "\u200e${setting}_CONTEXT\u200e، أو اطرح سؤالًا أضيق.",
        "$what stopped before the end of its answer, since its room was used up ($detail). Raise "
        "${setting}_CONTEXT, or ask a narrower question.",
    ),
    "model.error.filtered": (
        "حجب $what جوابه ($detail). أعد صياغة السؤال، أو اختر نموذجًا آخر في \u200e$setting\u200e.",
        "$what withheld its answer ($detail). Put the question in other words, or choose another "
        "model in $setting.",
    ),
    "model.error.empty": (
        "أعاد $what جوابًا فارغًا. أعد السؤال، أو اختر نموذجًا آخر في \u200e$setting\u200e.",
        "$what gave an empty answer. Ask again, or choose another model in $setting.",
    ),
    "model.error.malformed": (
        "أعاد $what جوابًا لا يمكن استعماله ($detail). راجع اسم النموذج، وهل "
        "\u200e${setting}_URL\u200e عنوان خادم من هذا النوع.",
        "$what gave an answer that can't be used ($detail). Check the model's name, and whether "
        "${setting}_URL is the address of such a server.",
    ),
    "model.error.unusable": (
        "لا يمكن استعمال $what ($detail). راجع الاسم، و\u200e${setting}_KEY\u200e إن كان المزوّد "
        "يطلب مفتاحًا.",
        "$what can't be used ($detail). Check the name, and ${setting}_KEY where the provider "
        "wants a key.",
    ),
    "model.error.provider": (
        "لا يمكن استعمال $what: لا مزوّد باسم '$provider'. المزوّدون: $known.",
        "$what can't be used: there is no provider '$provider'. There are: $known.",
    ),
    # sanad doctor: what each part looks like, and what to do where it is not well.
    "doctor.ok": ("سليم", "ok"),
    "doctor.warning": ("تنبيه", "warning"),
    "doctor.error": ("خطأ", "error"),
    "doctor.name.program": ("البرنامج", "Program"),
    "doctor.name.settings": ("الإعدادات", "Settings"),
    "doctor.name.prompts": ("التعليمات", "Prompts"),
    "doctor.name.library": ("المكتبة", "Library"),
    "doctor.name.vectors": ("المتجهات", "Vectors"),
    "doctor.name.embeddings": ("التضمين", "Embeddings"),
    "doctor.name.model": ("النموذج", "Model"),
    "doctor.name.page": ("صفحة الويب", "Web page"),
    "doctor.name.record": ("السجل", "Record"),
    "doctor.name.files": ("ملفات الوثائق", "Documents’ files"),
    "doctor.name.indexes": ("الفهارس", "Indexes"),
    "doctor.record": (
        "كل صفحة ووثيقة ومقطع واقتباس محفوظ كما ينبغي.",
        "Every page, document, passage and kept quote is as it should be.",
    ),
    "doctor.record.pages": (
        "صفحات تالفة في ملف السجل ($count): \u2066$example\u2069. استعِد نسخة احتياطية: "
        "sanad restore BACKUP، أو انقل مجلد المكتبة بعيدًا ثم أضف الوثائق من ملفاتها.",
        "Pages of its file are damaged ($count): $example. Restore a backup: sanad restore BACKUP; "
        "or move the library’s folder away and add the documents again from their files.",
    ),
    "doctor.record.versions": (
        "وثائق أو مصادر بلا نص محفوظ ($count)، أولها \u2066$example\u2069. استعِد نسخة احتياطية: "
        "sanad restore BACKUP.",
        "Documents or sources whose stored text is missing ($count), first $example. Restore a "
        "backup: sanad restore BACKUP.",
    ),
    "doctor.record.passages": (
        "مقاطع لا تنتمي إلى النسخة الحالية من وثيقتها ($count)، أولها من \u2066$example\u2069. أزل "
        "الوثيقة ثم أضفها من جديد، أو استعِد نسخة احتياطية.",
        "Passages that are not of their document’s present version ($count), first of $example. "
        "Remove the document and add it again, or restore a backup.",
    ),
    "doctor.record.spans": (
        "مقاطع لا تطابق نص وثيقتها ($count)، أولها من \u2066$example\u2069. أزل الوثيقة ثم أضفها "
        "من جديد، أو استعِد نسخة احتياطية.",
        "Passages that are not what stands in their text ($count), first of $example. Remove the "
        "document and add it again, or restore a backup.",
    ),
    "doctor.record.vectors": (
        "متجهات مختلفة الطول أو غير صالحة ($count)، أولها من \u2066$example\u2069. أنشئها من جديد: "
        "sanad rebuild.",
        "Vectors of another length, or with no numbers in them ($count), first of $example. Make "
        "them anew: sanad rebuild.",
    ),
    "doctor.record.quotes": (
        "اقتباسات في محادثات محفوظة لا تطابق ما تشير إليه ($count)، أولها من \u2066$example\u2069. "
        "استعِد نسخة احتياطية: sanad restore BACKUP.",
        "Quotes in kept conversations that are not what they point at ($count), first of $example. "
        "Restore a backup: sanad restore BACKUP.",
    ),
    "doctor.files": (
        "كما قُرئت: $same، تغيّرت منذ ذلك: $changed، لم تعد موجودة: $gone.",
        "As they were read: $same, changed since: $changed, gone: $gone.",
    ),
    "doctor.files.other": (
        "ملفات تبدو كما كانت ومحتواها غير ما قُرئ ($count)، أولها \u2066$example\u2069. قد يكون "
        "القرص تالفًا، أو غُيّر الملف وأُعيد تاريخه: المسه (touch) ثم أضفه من جديد.",
        "Files that look as they did and hold other bytes than were read ($count), first $example. "
        "The disk may be failing, or the file was changed and its time set back: touch it, and add "
        "it again.",
    ),
    "doctor.indexes.terms.name": ("فهرس الكلمات", "The index of words"),
    "doctor.indexes.vectors.name": ("فهرس المتجهات", "The index of vectors"),
    "doctor.indexes.well": (
        "$index: فيه مقاطع السجل كلها دون غيرها.",
        "$index: it holds just the record’s passages.",
    ),
    "doctor.indexes.missing": (
        "$index: غير موجود، ويُنشأ عند فتح المكتبة للكتابة.",
        "$index: there is none; it is made when the library is opened for writing.",
    ),
    "doctor.indexes.behind": (
        "$index: ينقصه $lacking ويزيد $foreign، ويُحدَّث عند فتح المكتبة للكتابة.",
        "$index: it lacks $lacking and has $foreign too many; it is brought up to date when the "
        "library is opened for writing.",
    ),
    "doctor.indexes.other": (
        "$index: ينقصه $lacking ويزيد $foreign. احذف \u2066$folder\u2069 وافتح المكتبة للكتابة "
        "فيُنشأ من جديد من السجل.",
        "$index: it lacks $lacking passages and has $foreign too many. Remove $folder and open the "
        "library for writing: it is made anew from the record.",
    ),
    "doctor.indexes.damaged": (
        "$index: تالف، ويُنشأ من جديد من السجل عند فتح المكتبة للكتابة.",
        "$index: it is damaged, and made anew from the record when the library is opened for "
        "writing.",
    ),
    "doctor.indexes.in_use": (
        "$index: لم يُفحص لأن عملية أخرى تكتب في المكتبة. أغلقها وأعد الفحص.",
        "$index: it was not looked at, since another process is writing to the library. Close it "
        "and look again.",
    ),
    "doctor.indexes.elsewhere": (
        "$index: على خادم Chroma، ولم يُفحص ما فيه.",
        "$index: it is on a Chroma server, and what it holds was not looked at.",
    ),
    "doctor.program": (
        "سند \u2066$version\u2069 على بايثون \u2066$python\u2069",
        "Sanad $version on Python $python",
    ),
    "doctor.settings": ("قُرئت.", "They were read."),
    "doctor.settings.rest": (
        "$message لم يُفحص ما عداها.",
        "$message Nothing else was looked at.",
    ),
    "doctor.prompts": ("في \u2066$folder\u2069", "In $folder"),
    "doctor.library": (
        "في \u2066$folder\u2069. عدد الوثائق: $documents، وعدد المقاطع: $passages",
        "In $folder. Documents: $documents, passages: $passages",
    ),
    "doctor.library.none": (
        "لا مكتبة في \u2066$folder\u2069 بعد. ابدأ بالأمر \u200esanad add PATH\u200e.",
        "There is no library in $folder yet. Begin with: sanad add PATH",
    ),
    "doctor.library.held": (
        "في \u2066$folder\u2069. عدد الوثائق: $documents، وعدد المقاطع: $passages. يكتب فيها "
        "الآن \u2066$holder\u2069",
        "In $folder. Documents: $documents, passages: $passages. It is being written by $holder",
    ),
    "doctor.vectors.none": ("لا متجهات بعد.", "There are none yet."),
    "doctor.vectors.clean": (
        "ملفات \u200eChroma\u200e كما تركها آخر من كتب فيها.",
        "Chroma's files are as the last writer left them.",
    ),
    "doctor.vectors.held": (
        "ملفات \u200eChroma\u200e قيد الاستعمال في عملية أخرى.",
        "Chroma's files are in use by another process.",
    ),
    "doctor.vectors.unclean": (
        "لم تُغلق ملفات \u200eChroma\u200e كما ينبغي. ستُفحص عند الفتح التالي للكتابة، ويُعاد بناؤها "
        "إن لزم؛ لا يُفقد شيء.",
        "Chroma's files were not closed well. They are checked when the library is next opened for "
        "writing, and made anew if need be; nothing is lost.",
    ),
    "doctor.vectors.server": (
        "يجيب خادم \u200eChroma\u200e في \u2066$url\u2069 (الإصدار \u2066$version\u2069)",
        "The Chroma server at $url answers (version $version)",
    ),
    "doctor.embeddings": (
        "يجيب \u2066$name\u2069 في $seconds ث (\u2066$fingerprint\u2069)",
        "$name answers in $seconds s ($fingerprint)",
    ),
    "doctor.embeddings.other": (
        "بُنيت متجهات المكتبة بالتضمين \u2066$stored\u2069، والمستعمل الآن "
        "\u2066$fingerprint\u2069. أعد الفهرسة بالأمر \u200esanad rebuild\u200e، أو أعد "
        "\u200eSANAD_EMBEDDINGS\u200e إلى ما كان.",
        "The library's vectors were made with $stored, and $fingerprint is in use. Have it indexed "
        "again with: sanad rebuild. Or set SANAD_EMBEDDINGS back.",
    ),
    "doctor.embeddings.renewed": (
        "تُبنى متجهات المكتبة من جديد عند الفتح التالي للكتابة.",
        "The library's vectors are made anew when it is next opened for writing.",
    ),
    "doctor.embeddings.unfinished": (
        "لم تكتمل متجهات المكتبة. أكملها بالأمر \u200esanad rebuild\u200e.",
        "The library's vectors are unfinished. Finish them with: sanad rebuild",
    ),
    "doctor.model.none": (
        "لا نموذج مضبوط: الأجوبة اقتباسات حرفية.",
        "None is set: answers are quotations.",
    ),
    "doctor.model": (
        "يجيب \u2066$name\u2069 في $seconds ث، ويتسع لـ $tokens وحدة نصية",
        "$name answers in $seconds s, and has room for $tokens tokens",
    ),
    "doctor.unused": (
        "$message تنبيه: \u2066$variables\u2069 من متغيرات البيئة ولا أثر لها هنا؛ العنوان هو "
        "\u2066$address\u2069، ويغيّره \u200e${setting}_URL\u200e.",
        "$message Note: $variables of the environment has no effect here; the address is $address, "
        "and ${setting}_URL changes it.",
    ),
    "doctor.page": (
        "يمكن فتحها على \u2066$address\u2069",
        "It can be opened at $address",
    ),
    "doctor.page.in_use": (
        "المنفذ $port مستعمل، وربما من سند نفسه. وإلا فاختر غيره في \u200eSANAD_PORT\u200e.",
        "Port $port is in use, perhaps by Sanad itself. If not, choose another with SANAD_PORT.",
    ),
    "doctor.page.address": (
        "لا يمكن الاستماع على \u2066$address\u2069 ($detail). راجع \u200eSANAD_HOST\u200e "
        "و\u200eSANAD_PORT\u200e.",
        "Nothing can listen on $address ($detail). Check SANAD_HOST and SANAD_PORT.",
    ),
    "doctor.page.package": (
        "الحزمة \u2066$package\u2069 غير مثبتة. ثبّت سند من جديد.",
        "The package $package is not installed. Install Sanad again.",
    ),
    "doctor.page.users": (
        "لا يمكن قراءة ملف كلمات السر \u2066$path\u2069 ($detail). راجع \u200eSANAD_USERS\u200e.",
        "The password file $path can't be read ($detail). Check SANAD_USERS.",
    ),
    "doctor.unexpected": (
        "خطأ غير متوقع (\u2066$detail\u2069). أبلغ عنه إن تكرر.",
        "Something unexpected went wrong ($detail). Report it if it happens again.",
    ),
    "question.too_long": (
        "السؤال أطول من اللازم ($length حرفًا، والحد $limit). اختصره.",
        "The question is too long ($length characters, the limit is $limit). Shorten it.",
    ),
    "question.empty": ("اكتب سؤالًا أولًا.", "Write a question first."),
}

LANGUAGES = ("ar", "en")


def say(name: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """Return a string in a language.

    Args:
        name: The string's name, such as ``answer.refusal``.
        language: ``ar``; anything else is English.
        values: Values of the string's variables, by name.

    Returns:
        The string with its variables filled in.

    Raises:
        KeyError: The name or one of its variables is unknown.
    """
    arabic, english = _STRINGS[name]
    return Template(arabic if language == "ar" else english).substitute(values or {})


def explain(error: AssistantError, language: str) -> str:
    """Return what an error says, in a language where there are words for it.

    Args:
        error: The error.
        language: ``ar``; anything else is English.

    Returns:
        A model's failure, and who holds a library, in the language; any other error's own message,
        which is English.
    """
    if isinstance(error, LibraryLocked) and error.kind:
        held = error.values
        if language == "ar":
            held = {name: f"\u2066{value}\u2069" for name, value in held.items()}
        return say(f"locked.{error.kind}", language, held)
    if not isinstance(error, ModelError) or not error.kind:
        return str(error)
    name = f"model.error.{error.kind}"
    own = f"{name}.{error.values.get('provider', '')}"
    values = dict(error.values)
    if language == "ar":
        # Names, addresses and a server's own words run from left to right inside the sentence.
        values |= {key: f"\u2066{values[key]}\u2069" for key in ("what", "detail") if key in values}
    return say(own if own in _STRINGS else name, language, values)


def names() -> tuple[str, ...]:
    """Return the names of all strings."""
    return tuple(_STRINGS)


def variables(name: str, language: str) -> frozenset[str]:
    """Return the variables that a string has in a language."""
    arabic, english = _STRINGS[name]
    return frozenset(Template(arabic if language == "ar" else english).get_identifiers())


# Each with the string that names it; what is a document's own (a heading, a path) stays.
_PLACES = (
    ("place.page", re.compile("page (?P<first>[0-9]+)")),
    ("place.pages", re.compile("pages (?P<first>[0-9]+)-(?P<last>[0-9]+)")),
    ("place.slide", re.compile("slide (?P<number>[0-9]+)")),
    ("place.notes", re.compile("slide (?P<number>[0-9]+), notes")),
    ("place.row", re.compile("row (?P<number>[0-9]+)")),
    ("place.sheet_row", re.compile("(?P<sheet>.+), row (?P<number>[0-9]+)", re.DOTALL)),
    ("place.footnote", re.compile("footnote (?P<number>[0-9]+)")),
    ("place.line", re.compile("line (?P<number>[0-9]+)")),
    ("place.line_path", re.compile("line (?P<number>[0-9]+)(?P<path>[.\\[].+)", re.DOTALL)),
)
_HIDDEN = ", hidden"


def place_name(place: str, language: str) -> str:
    """Return a place in a document as it is called in a language.

    Args:
        place: As a block or citation has it: ``page 3``, ``slide 2, notes``, a heading, a time.
        language: ``ar``; anything else is English.
    """
    shown = place.removesuffix(_HIDDEN)
    for name, pattern in _PLACES:
        match = pattern.fullmatch(shown)
        if match is None:
            continue
        values = dict(match.groupdict())
        if language == "ar" and "path" in values:
            values["path"] = values["path"].removeprefix(".")
        named = say(name, language, values)
        if shown == place:
            return named
        kind = "slide" if shown.startswith("slide ") else "row"
        return say(f"place.hidden.{kind}", language, {"place": named})
    return place
