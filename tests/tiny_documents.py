"""A few tiny documents in both languages, for libraries that tests only read."""

# File names and contents of the documents that `seeded` holds beside those of seeds/.
DOCUMENTS = {
    "lighthouse.txt": (
        "12 March 2021\n\n"
        "The lighthouse of Ras Karam was rebuilt in 1974 by the engineer Salma Haddad. Its lamp "
        "can be seen from 40 kilometres away. The tower is painted white and red.\n"
    ),
    "museum.md": (
        "# City museum\n\n"
        "The city museum of Wahran opened its doors in 1962. It keeps 8,400 coins, and the oldest "
        "of them was found in a shipwreck.\n\n"
        "## Visits\n\n- Entry is free on Fridays.\n- Guided tours begin at ten o'clock.\n"
    ),
    "bees.txt": (
        "Beekeepers in the Green Valley counted 320 hives this spring.\r\n\r\n"
        "A mild winter helped the bees. Honey from thyme is the most expensive.\r\n"
    ),
    "railway.md": (
        "# Night train\n\n3 May 2019\n\n"
        "The night train leaves the harbour station at half past ten and reaches the capital at "
        "dawn. Its sleeping cars were built in Poland.\n"
    ),
    "chess.txt": (
        "The chess club of Dunmore won the northern cup. Its captain, Nora Whelan, lost no game. "
        "The club meets in the old bakery \U0001f950 every Tuesday.\n"
    ),
    "متحف.txt": (
        "افتتح متحف مدينة وهران أبوابه للزوار عام 1962. ويحفظ المتحف 8400 قطعة نقدية، "
        "وقد عُثر على أقدمها في حطام سفينة.\n"
    ),
    "منارة.md": (
        "# منارة رأس كرم\n\n"
        "أعادت المهندسة سلمى حداد بناء منارة رأس كرم عام 1974. ويُرى مصباحها من مسافة أربعين "
        "كيلومترا.\n"
    ),
    "نحل.txt": (
        "10 فبراير 2024\n\n"
        "أحصى مربو النحل في الوادي الأخضر 320 خلية هذا الربيع. وكان الشتاء معتدلا فنشط النحل.\n"
    ),
    "قطار.md": (
        "# القطار الليلي\n\n"
        "ينطلق القطار الليلي من محطة الميناء في العاشرة والنصف. وصُنعت عربات النوم في بولندا.\n"
    ),
    "سد.txt": "بلغ ارتفاع السد الجديد 90 مترا. ويروي السد ثلاثين ألف هكتار من أراضي القمح.\n",
}
